// `records import`: a file that was exported, into this installation.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import type { Cli } from "../../cli.ts";
import { connect, readRefusal } from "../../connect.ts";
import { cliErrors } from "../../errors.ts";
import { red } from "../../terminal/style.ts";
import { formatOf } from "./format-of.ts";

const importedSchema = z.object({
  records: z.number(),
  refused: z.number(),
  problems: z.array(z.object({ at: z.number(), why: z.string() })),
});

/** Exit code 1 when something in the file was refused; the rest has come in. */
export async function importRecords(cli: Cli, file: string, options: { format?: string }): Promise<number> {
  const { host, output } = cli;
  const format = formatOf(file, options.format);
  const path = resolve(host.cwd, file);
  if (!existsSync(path)) throw cliErrors.no_records_file({ path });
  const response = await connect(cli).send(`/api/v1/records/import?format=${format}`, {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body: Bun.file(path),
  });
  if (!response.ok) throw await readRefusal(response);
  const { records, refused, problems } = importedSchema.parse(await response.json());
  if (output.isJson) output.json({ records, refused, problems });
  else {
    output.note(`${records} records are in; those that were there already are as they were.`);
    for (const { at, why } of problems) output.note(red(`${format === "parquet" ? "row" : "line"} ${at}: ${why}`));
    if (refused > problems.length) output.note(red(`and ${refused - problems.length} more`));
  }
  return refused > 0 ? 1 : 0;
}
