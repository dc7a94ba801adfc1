// The words of a Cedar policy, for colouring them. What is a valid policy is the server's to say.

/** What this needs of CodeMirror's stream. */
interface Stream {
  eatSpace(): boolean;
  skipToEnd(): void;
  next(): string | void;
  match(pattern: RegExp): RegExpMatchArray | boolean | null;
}

const effects = /^(?:permit|forbid|when|unless|if|then|else|in|is|has|like)\b/;
const scope = /^(?:principal|action|resource|context)\b/;
const constants = /^(?:true|false|\d+)\b/;

/** The name of the next token's kind, null for what stays plain. */
export function readCedarToken(stream: Stream): string | null {
  if (stream.eatSpace()) return null;
  if (stream.match(/^\/\//)) {
    stream.skipToEnd();
    return "comment";
  }
  if (stream.match(/^@\w+/)) return "meta";
  if (stream.match(/^"(?:[^"\\]|\\.?)*"?/)) return "string";
  if (stream.match(effects)) return "keyword";
  if (stream.match(scope)) return "propertyName";
  if (stream.match(constants)) return "number";
  if (stream.match(/^[A-Z]\w*(?:::[A-Z]\w*)*/)) return "typeName";
  if (stream.match(/^\w+/)) return null;
  stream.next();
  return "punctuation";
}
