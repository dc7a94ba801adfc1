// HTML out of values: whatever is put into a template is escaped, unless it was made by one. Names are anybody's to choose.

export interface Html {
  readonly html: string;
}

type Value = Html | readonly Html[] | string | number | null | undefined;

const ESCAPED: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
// Marks that turn the direction of text around could make a name read as another; control characters mean nothing on a page.
// eslint-disable-next-line no-control-regex
const INVISIBLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

export function escapeText(text: string): string {
  return text
    .replaceAll(INVISIBLE, (mark) => `\\u${(mark.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`)
    .replaceAll(/[&<>"']/g, (mark) => ESCAPED[mark] ?? mark);
}

export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { html: parts.reduce((text, part, at) => text + written(values[at - 1]) + part) };
}

function written(value: Value): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return escapeText(value);
  if (typeof value === "number") return String(value);
  return "html" in value ? value.html : value.map((each) => each.html).join("");
}
