// `audit export`: the trail into a file, as it comes.
import { createWriteStream } from "node:fs";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Cli } from "../../cli.ts";
import { connect, readRefusal } from "../../connect.ts";
import { cliErrors } from "../../errors.ts";
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
  const response = await connect(cli).send(`/api/v1/audit/export?${query}`);
  if (!response.ok || response.body === null) throw await readRefusal(response);
  let bytes = 0;
  const counted = async function* (chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      yield chunk;
    }
  };
  await pipeline(Readable.from(counted(response.body)), createWriteStream(path, { flags: "wx" }), {
    signal: host.signal,
  }).catch((cause: unknown) => {
    throw cliErrors.cannot_write({ path, why: cause instanceof Error ? cause.message : String(cause) }, cause);
  });
  if (output.isJson) output.json({ file: path, bytes });
  else output.note(`${bytes} bytes in ${path}`);
}
