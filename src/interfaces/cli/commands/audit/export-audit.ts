// `audit export`: the trail into a file, as it comes.
import { resolve } from "node:path";
import type { Cli } from "../../cli.ts";
import { saveAnswer } from "../records/save-answer.ts";
import { type AuditFilterOptions, filterFrom } from "./show-entries.ts";

export interface ExportAuditOptions extends AuditFilterOptions {
  format: string;
}

/** A file that is there is not written over. */
export async function exportAudit(cli: Cli, file: string, { format, ...filter }: ExportAuditOptions): Promise<void> {
  const { host, output } = cli;
  const path = resolve(host.cwd, file);
  const query = new URLSearchParams({ format });
  for (const [name, value] of Object.entries(filterFrom(filter, host.nowMs()))) query.set(name, String(value));
  const bytes = await saveAnswer(cli, `/api/v1/audit/export?${query}`, path);
  if (output.isJson) output.json({ file: path, bytes });
  else output.note(`${bytes} bytes in ${path}`);
}
