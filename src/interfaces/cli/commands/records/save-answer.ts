// What the server sends goes into a file, as it comes.
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Cli } from "../../cli.ts";
import { connect, readRefusal } from "../../connect.ts";
import { cliErrors } from "../../errors.ts";

/** Gives how many bytes there were. A file that is there is not written over. Throws what the server refuses, and `cli.cannot_write`. */
export async function saveAnswer(cli: Cli, address: string, path: string): Promise<number> {
  const response = await connect(cli).send(address);
  if (!response.ok || response.body === null) throw await readRefusal(response);
  let bytes = 0;
  const counted = async function* (chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      yield chunk;
    }
  };
  await pipeline(Readable.from(counted(response.body)), createWriteStream(path, { flags: "wx" }), {
    signal: cli.host.signal,
  }).catch((cause: unknown) => {
    throw cliErrors.cannot_write({ path, why: cause instanceof Error ? cause.message : String(cause) }, cause);
  });
  return bytes;
}
