// What commands print with: results on stdout, notes on stderr, and with --json the same as data.
// Everything passes through clean-text.ts or style.ts on its way out.
import type { CliHost, TerminalOut } from "../cli-host.ts";
import { cleanJson, cleanText } from "./clean-text.ts";
import { type Line, type Piece, renderLine } from "./style.ts";
import { type Cell, type Column, renderTable } from "./table.ts";

export interface Output {
  /** Whether results are wanted as JSON. */
  readonly isJson: boolean;
  /** Whether a person reads the results on a terminal. */
  readonly isTerminal: boolean;
  /** Columns to fit into; infinite where nobody looks at the width. */
  readonly columns: number;
  line(...pieces: Piece[]): void;
  lines(lines: Line[]): void;
  table(columns: Column[], rows: Cell[][]): void;
  /** Text as it comes, with its line breaks and without one at its end. */
  text(text: string): void;
  /** One JSON document. */
  json(value: unknown): void;
  /** One line of newline-delimited JSON. */
  jsonLine(value: unknown): void;
  /** A word to the person beside the result, on stderr. */
  note(...pieces: Piece[]): void;
}

export function createOutput(host: CliHost, isJson: boolean): Output {
  const { stdout, stderr, env } = host;
  const columns = stdout.isTerminal && stdout.columns > 0 ? stdout.columns : Number.POSITIVE_INFINITY;
  const write = (stream: TerminalOut, line: Line): void =>
    stream.write(`${renderLine(line, hasColour(stream, env)).trimEnd()}\n`);
  return {
    isJson,
    isTerminal: stdout.isTerminal,
    columns,
    line: (...pieces) => write(stdout, pieces),
    lines: (lines) => lines.forEach((line) => write(stdout, line)),
    table: (heads, rows) => renderTable(heads, rows, columns).forEach((line) => write(stdout, line)),
    text: (text) => stdout.write(cleanText(text)),
    json: (value) => stdout.write(`${cleanJson(value, 2)}\n`),
    jsonLine: (value) => stdout.write(`${cleanJson(value)}\n`),
    note: (...pieces) =>
      isJson ? stderr.write(`${cleanJson({ note: renderLine(pieces, false) })}\n`) : write(stderr, pieces),
  };
}

/** A terminal has colours unless NO_COLOR or TERM=dumb says otherwise (no-color.org); FORCE_COLOR insists. */
export function hasColour(stream: TerminalOut, env: CliHost["env"]): boolean {
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"] && env["FORCE_COLOR"] !== "0") return true;
  return stream.isTerminal && env["TERM"] !== "dumb";
}
