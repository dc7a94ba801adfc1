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
const INVISIBLE = /\p{Cc}|\p{Cf}/gu;
const SPACES = new Set(["\n", "\t"]);

export function escapeText(text: string): string {
  return text
    .replaceAll(INVISIBLE, (mark) =>
      SPACES.has(mark) ? mark : `\\u${(mark.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
    )
    .replaceAll(/[&<>"']/g, (mark) => ESCAPED[mark] ?? mark);
}

export function markup(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { html: parts.reduce((text, part, at) => text + written(values[at - 1]) + part) };
}

function written(value: Value): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return escapeText(value);
  if (typeof value === "number") return String(value);
  return "html" in value ? value.html : value.map((each) => each.html).join("");
}
