// Text from elsewhere (model names, prompts, answers, errors) must not steer the reader's terminal. Escape sequences
// start with a control character, and bidirectional marks reorder what is read: both are taken out.

const HARMFUL = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;
const HARMFUL_BUT_LAYOUT = /[^\P{Cc}\n\t]|[\p{Bidi_Control}\u2028\u2029]/gu;

/** Safe to print on one line: line breaks and tabs become a space, control characters go. */
export function cleanLine(text: string): string {
  return text.replace(/[\t\n\v\f\r\u0085]+/g, " ").replace(HARMFUL, "");
}

/** Safe to print: keeps line breaks and tabs. */
export function cleanText(text: string): string {
  return text.replace(HARMFUL_BUT_LAYOUT, "");
}

/** JSON in which nothing steers a terminal: what JSON itself leaves as it is (DEL, C1, marks) is escaped too. */
export function cleanJson(value: unknown, indent?: number): string {
  const escape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  // JSON has escaped every control character inside strings already; the line breaks left are its own indentation.
  return JSON.stringify(value, null, indent).replace(HARMFUL_BUT_LAYOUT, escape);
}
