// Styled text as data. Escape codes are added in one place, renderLine, after every piece has been cleaned, so no
// command can forget to clean what it prints.
import { styleText } from "node:util";
import { cleanLine } from "./clean-text.ts";

type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

export type Piece = string | { readonly text: string; readonly style: Style };
/** Pieces that stand beside each other on one line. */
export type Line = readonly Piece[];

export const bold = (text: string): Piece => ({ text, style: "bold" });
export const dim = (text: string): Piece => ({ text, style: "dim" });
export const red = (text: string): Piece => ({ text, style: "red" });
export const green = (text: string): Piece => ({ text, style: "green" });
export const yellow = (text: string): Piece => ({ text, style: "yellow" });
export const cyan = (text: string): Piece => ({ text, style: "cyan" });

/** The line as it is written, with escape codes only where `hasColour`. */
export function renderLine(line: Line, hasColour: boolean): string {
  return line
    .map((piece) => {
      const text = cleanLine(textOf(piece));
      return typeof piece === "string" || !hasColour || text === ""
        ? text
        : styleText(piece.style, text, { validateStream: false });
    })
    .join("");
}

/** Columns that a line takes on a terminal: two for wide characters, none for combining ones. */
export function widthOf(line: Line): number {
  return line.reduce((sum, piece) => sum + Bun.stringWidth(cleanLine(textOf(piece))), 0);
}

const letters = new Intl.Segmenter();

/** The line, cut to `width` columns; a cut one ends with an ellipsis. */
export function cutLine(line: Line, width: number): Line {
  if (widthOf(line) <= width) return line;
  const cut: Piece[] = [];
  let room = width - 1;
  for (const piece of line) {
    const text = cutText(cleanLine(textOf(piece)), room);
    cut.push(typeof piece === "string" ? text : { ...piece, text });
    room -= Bun.stringWidth(text);
    if (text !== cleanLine(textOf(piece))) break;
  }
  return width > 0 ? [...cut, "…"] : [];
}

function cutText(text: string, width: number): string {
  let taken = "";
  let room = width;
  for (const { segment } of letters.segment(text)) {
    room -= Bun.stringWidth(segment);
    if (room < 0) break;
    taken += segment;
  }
  return taken;
}

function textOf(piece: Piece): string {
  return typeof piece === "string" ? piece : piece.text;
}
