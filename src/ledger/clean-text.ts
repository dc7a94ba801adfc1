// Text that callers send, as PostgreSQL takes it.

/** The text as PostgreSQL can hold it, without U+0000 and half surrogate pairs: those show as U+FFFD. */
export function cleanText(text: string): string {
  return text.replaceAll("\0", "\uFFFD").toWellFormed();
}
