// `records export`: records into a file, as they come.
import { resolve } from "node:path";
import type { Cli } from "../../cli.ts";
import { saveAnswer } from "./save-answer.ts";
import { readPast } from "../../read-time.ts";
import { formatBytes } from "../../terminal/bytes.ts";
import { formatOf } from "./format-of.ts";

export interface ExportOptions {
  format?: string;
  since: string;
  until?: string;
  bodies: boolean;
  filter?: string;
}

/** A file that is there is not written over. */
export async function exportRecords(cli: Cli, file: string, options: ExportOptions): Promise<void> {
  const { host, output } = cli;
  const path = resolve(host.cwd, file);
  const nowMs = host.nowMs();
  const query = new URLSearchParams({
    format: formatOf(file, options.format),
    since_ms: String(readPast(options.since, nowMs)),
    until_ms: String(options.until === undefined ? nowMs : readPast(options.until, nowMs)),
    bodies: String(options.bodies),
    ...(options.filter !== undefined && { filter: options.filter }),
  });
  const bytes = await saveAnswer(cli, `/api/v1/records/export?${query}`, path);
  if (output.isJson) output.json({ file: path, bytes });
  else output.note(`${formatBytes(bytes)} in ${path}`);
}
