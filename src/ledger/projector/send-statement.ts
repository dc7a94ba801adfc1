// Sends one statement with megabytes of parameters. The driver would copy them four times on their way to the socket, each
// time into new memory; here they are written as they stand.
// Messages: https://www.postgresql.org/docs/18/protocol-message-formats.html
import type { Connection, Pool, PoolClient, Submittable } from "pg";
import type { Parameters } from "./parameters.ts";

export interface BulkStatement {
  text: string;
  /** The first parameters. */
  values: readonly (string | number)[];
  /** The others. */
  parameters: Pick<Parameters, "count" | "bytes">;
}

const TEXT_FORMAT = 0;
const BINARY_FORMAT = 1;
/** Results in text. Nobody reads them. */
const BIND_END = Buffer.from([0, 0]);

/** Resolves with the number of rows. Throws what the driver throws. Until then the parameters must not change. */
export function sendStatement(client: PoolClient, statement: BulkStatement): Promise<number> {
  return new Promise((resolve, reject) => void client.query(submittable(statement, resolve, reject)));
}

/** A connection for some work. After a failure it is not used again. */
export async function withClient<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    return await work(client);
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(failure);
  }
}

/** What the driver calls while the statement is the connection's. */
function submittable(
  { text, values, parameters }: BulkStatement,
  resolve: (rows: number) => void,
  reject: (error: Error) => void,
): Submittable & Record<string, unknown> {
  let rows = 0;
  return {
    submit(connection: Connection) {
      const tail = parameters.bytes();
      connection.parse({ name: "", text, types: [] }, true);
      connection.stream.write(bindHead(values, { count: parameters.count(), bytes: tail.length + BIND_END.length }));
      connection.stream.write(tail);
      connection.stream.write(BIND_END);
      connection.execute(null, true);
      connection.sync();
    },
    handleCommandComplete(message: { text: string }) {
      rows = Number(/\d+$/.exec(message.text)?.[0] ?? 0);
    },
    handleReadyForQuery: () => resolve(rows),
    handleError: reject,
    handleDataRow: () => undefined,
  };
}

/** A Bind message up to the parameters that follow; `following` counts those, and the bytes until its end. */
function bindHead(values: readonly (string | number)[], following: { count: number; bytes: number }): Buffer {
  const texts = values.map((value) => Buffer.from(String(value)));
  const formats = [...texts.map(() => TEXT_FORMAT), ...Array.from({ length: following.count }, () => BINARY_FORMAT)];
  const parts = [
    Buffer.from("\0\0"), // no name for portal and statement
    int16(formats.length),
    ...formats.map(int16),
    int16(formats.length),
    ...texts.flatMap((text) => [int32(text.length), text]),
  ];
  const length = parts.reduce((sum, part) => sum + part.length, 4 + following.bytes);
  return Buffer.concat([Buffer.from("B"), int32(length), ...parts]);
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
