// A text with blanks: `{{name}}`, and nothing more. There is no logic in it, nothing is escaped, and what is filled in is never
// read as a template again, since the text is taken apart before any value is known.

export interface Template {
  /** Texts, and between them the names of variables: one more of the former. */
  texts: readonly string[];
  names: readonly string[];
}

const BLANK = /(?<!\{)\{\{\s*([A-Za-z_]\w{0,99})\s*\}\}/g;

/** Throws an Error that says what a `{{` is not followed by. */
export function parseTemplate(text: string): Template {
  const texts: string[] = [];
  const names: string[] = [];
  let copied = 0;
  for (const match of text.matchAll(BLANK)) {
    texts.push(text.slice(copied, match.index));
    names.push(match[1] ?? "");
    copied = match.index + match[0].length;
  }
  texts.push(text.slice(copied));
  for (const each of texts) {
    const at = each.indexOf("{{");
    if (at >= 0)
      throw new Error(
        `\`${each.slice(at, at + 20)}\` is no variable: write {{name}} with letters, digits and _; two braces that mean themselves are filled in by a variable`,
      );
  }
  return { texts, names };
}

/** Every name must have a value. */
export function fillTemplate({ texts, names }: Template, values: ReadonlyMap<string, string>): string {
  let filled = texts[0] ?? "";
  for (const [place, name] of names.entries()) filled += (values.get(name) ?? "") + (texts[place + 1] ?? "");
  return filled;
}
