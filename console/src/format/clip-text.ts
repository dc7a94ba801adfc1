// The beginning of a text that a line or two shows: a name may be as long as whoever wrote it liked.

const most = 400;

export function clipText(text: string): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
