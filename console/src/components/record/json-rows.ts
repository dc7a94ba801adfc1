// JSON as the lines that it is drawn in, read from the text itself: figures, order and doubled names stay as they were written. It
// reads no further than it draws and never calls itself, so that neither ten megabytes nor a thousand brackets are too much.
import { createScanner, type JSONScanner } from "jsonc-parser";
import { CLOSE_BRACE, CLOSE_BRACKET, COLON, COMMA, END, OPEN_BRACE, OPEN_BRACKET, STRING } from "./json-tokens.ts";

export interface JsonRow {
  /** Where its value begins in the text: what it is known by. */
  offset: number;
  depth: number;
  /** As written, with its quotes. */
  name: string | null;
  kind: "open" | "folded" | "close" | "value";
  /** A bracket, both of an empty or folded pair, or the value as written. */
  text: string;
  hasComma: boolean;
  /** What is folded away. */
  entries: number;
}

export interface JsonRows {
  rows: JsonRow[];
  /** There is more than was asked for. */
  hasMore: boolean;
}

interface JsonView {
  /** Offsets of brackets that are shown closed. */
  folded: ReadonlySet<number>;
  rowsMax: number;
}

interface Reading {
  scanner: JSONScanner;
  source: string;
  rows: JsonRow[];
  /** One for each open bracket. */
  open: { isObject: boolean; expectsName: boolean }[];
  name: string | null;
}

/** What is no JSON, or is cut off, is drawn as far as it can be read, and then as it stands. */
export function readJsonRows(source: string, { folded, rowsMax }: JsonView): JsonRows {
  const reading: Reading = { scanner: createScanner(source, true), source, rows: [], open: [], name: null };
  const { scanner, rows } = reading;
  for (let token: number = scanner.scan(); token !== END; token = scanner.scan()) {
    if (rows.length >= rowsMax && isDrawn(token, reading)) return { rows, hasMore: true };
    readToken(reading, token, folded);
  }
  return { rows, hasMore: false };
}

/** A closing bracket right after its opening one takes no line of its own, nor do commas and colons. */
function isDrawn(token: number, { rows }: Reading): boolean {
  if (token === COMMA || token === COLON) return false;
  return !(isClosing(token) && rows.at(-1)?.kind === "open");
}

function readToken(reading: Reading, token: number, folded: ReadonlySet<number>): void {
  const { rows, open } = reading;
  const around = open.at(-1);
  const last = rows.at(-1);
  if (isOpening(token)) readOpening(reading, token, folded);
  else if (isClosing(token)) {
    open.pop();
    if (last?.kind === "open") rows[rows.length - 1] = { ...last, kind: "value", text: last.text + written(reading) };
    else addRow(reading, "close", written(reading));
  } else if (token === COMMA) {
    if (last) rows[rows.length - 1] = { ...last, hasComma: true };
    if (around) around.expectsName = around.isObject;
  } else if (token === COLON) return;
  else if (around?.expectsName === true && token === STRING) {
    reading.name = written(reading);
    around.expectsName = false;
  } else addRow(reading, "value", written(reading));
}

function readOpening(reading: Reading, token: number, folded: ReadonlySet<number>): void {
  const { scanner, open } = reading;
  const offset = scanner.getTokenOffset();
  const isObject = token === OPEN_BRACE;
  if (!folded.has(offset)) {
    addRow(reading, "open", isObject ? "{" : "[");
    open.push({ isObject, expectsName: isObject });
    return;
  }
  addRow(reading, "folded", isObject ? "{…}" : "[…]");
  const row = reading.rows.at(-1);
  if (row) row.entries = skipToEnd(scanner);
}

/** From behind an opening bracket to behind the one that closes it. Says how much stood between. */
function skipToEnd(scanner: JSONScanner): number {
  let depth = 1;
  let commas = 0;
  let isEmpty = true;
  for (let token: number = scanner.scan(); token !== END; token = scanner.scan()) {
    if (isClosing(token)) depth -= 1;
    if (depth === 0) break;
    isEmpty = false;
    if (isOpening(token)) depth += 1;
    else if (token === COMMA && depth === 1) commas += 1;
  }
  return isEmpty ? 0 : commas + 1;
}

function addRow(reading: Reading, kind: JsonRow["kind"], text: string): void {
  const { scanner, rows, open, name } = reading;
  const offset = scanner.getTokenOffset();
  rows.push({ offset, depth: open.length, name, kind, text, hasComma: false, entries: 0 });
  reading.name = null;
}

function written({ scanner, source }: Reading): string {
  const start = scanner.getTokenOffset();
  return source.slice(start, start + scanner.getTokenLength());
}

function isOpening(token: number): boolean {
  return token === OPEN_BRACE || token === OPEN_BRACKET;
}

function isClosing(token: number): boolean {
  return token === CLOSE_BRACE || token === CLOSE_BRACKET;
}
