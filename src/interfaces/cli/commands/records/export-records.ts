// `records export`: records into a file, as they come.
import { createWriteStream } from "node:fs";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Cli } from "../../cli.ts";
import { connect, readRefusal } from "../../connect.ts";
import { cliErrors } from "../../errors.ts";
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
  const response = await connect(cli).send(`/api/v1/records/export?${query}`);
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
  else output.note(`${formatBytes(bytes)} in ${path}`);
}
