// Text that callers send, as PostgreSQL takes it and columns hold it.

/** The text as PostgreSQL can hold it, without U+0000 and half surrogate pairs: those show as U+FFFD. */
export function cleanText(text: string): string {
  return text.replaceAll("\0", "\uFFFD").toWellFormed();
}

/** Callers choose names, and an index takes no more than 2,704 bytes a row. */
export const NAME_LENGTH_MAX = 256;

/** A name as its column holds it. */
export function cutName(name: string): string {
  if (name.length <= NAME_LENGTH_MAX) return name;
  // Two units may be one character.
  return Array.from(name.slice(0, 2 * NAME_LENGTH_MAX))
    .slice(0, NAME_LENGTH_MAX)
    .join("");
}
