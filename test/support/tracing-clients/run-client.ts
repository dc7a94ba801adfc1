// Runs a tracing client as a program of its own, since SDKs keep their state in the process, and gives what it sent as the
// ledger has it.
import { join } from "node:path";
import type { SpanRecord } from "../../../src/ledger/contract.ts";
import type { TestApp } from "../app.ts";
import type { TestDatabase } from "../database.ts";
import { until } from "../until.ts";

export interface SentRecord {
  record: SpanRecord;
  request: unknown;
  response: unknown;
  /** Names of its parents, the next one first. */
  under: string[];
}

export interface ClientRun<Heard> {
  heard: Heard;
  records: SentRecord[];
}

export interface RunOptions {
  app: TestApp;
  database: TestDatabase;
  /** Records that it sends. */
  count: number;
  /** By which they are known. */
  service: string;
}

/** `client` is a file beside this one, with its arguments. */
export async function runClient<Heard>([client, ...given]: string[], options: RunOptions): Promise<ClientRun<Heard>> {
  const { app } = options;
  const child = Bun.spawn([process.execPath, join(import.meta.dir, `${client}.ts`), ...given], {
    env: { ...process.env, BINNACLE_URL: app.url, BINNACLE_KEY: app.key },
    stdout: "pipe",
    stderr: "pipe",
  });
  const [said, complaint] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  if (child.exitCode !== 0) throw new Error(`${client} ended with ${child.exitCode}: ${complaint}`);
  const heard = JSON.parse(said.trim().split("\n").at(-1) ?? "{}") as Heard;
  return { heard, records: await readRecords(options) };
}

async function readRecords({ database, count, service }: RunOptions): Promise<SentRecord[]> {
  let found: SpanRecord[] = [];
  await until(async () => {
    const { rows } = await database.storage.pool.query<{ data: SpanRecord }>(
      "select data from ledger_records where not is_own and (service = $1 or data->'scope'->>'name' = $1)",
      [service],
    );
    found = rows.map(({ data }) => data).sort((one, other) => one.started_at_ms - other.started_at_ms);
    return found.length >= count;
  });
  const bySpan = new Map(found.map((record) => [record.span_id, record]));
  return Promise.all(
    found.map(async (record) => ({
      record,
      under: namesAbove(record, bySpan),
      ...(await readBodies(database, record.id)),
    })),
  );
}

function namesAbove(record: SpanRecord, bySpan: ReadonlyMap<string, SpanRecord>): string[] {
  const parent = bySpan.get(record.parent_span_id ?? "");
  return parent ? [parent.name, ...namesAbove(parent, bySpan)] : [];
}

interface StoredBodies {
  request: Buffer | null;
  response: Buffer | null;
  request_is_zstd: boolean;
  response_is_zstd: boolean;
}

async function readBodies(database: TestDatabase, id: string): Promise<{ request: unknown; response: unknown }> {
  const { rows } = await database.storage.pool.query<StoredBodies>("select * from ledger_bodies where id = $1", [id]);
  const [bodies] = rows;
  return {
    request: valueIn(bodies?.request, bodies?.request_is_zstd),
    response: valueIn(bodies?.response, bodies?.response_is_zstd),
  };
}

function valueIn(bytes: Buffer | null | undefined, isPacked = false): unknown {
  if (!bytes) return undefined;
  const text = (isPacked ? Bun.zstdDecompressSync(bytes) : bytes).toString("utf8");
  return /^[[{]/.test(text) ? JSON.parse(text) : text;
}
