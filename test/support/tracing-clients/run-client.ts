// Runs a tracing client as a program of its own, since SDKs keep their state in the process, and gives what it sent as the
// ledger has it.
import { join } from "node:path";
import type { SpanRecord } from "../../../src/ledger/contract.ts";
import type { TestApp } from "../app.ts";
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

async function readRecords({ app, count, service }: RunOptions): Promise<SentRecord[]> {
  let ids: string[] = [];
  await until(async () => {
    const { records } = await app.client.records.list({ filter: `service:"${service}"`, limit: 100 });
    ids = records.map(({ id }) => id);
    return ids.length >= count;
  });
  const details = await Promise.all(ids.map((id) => app.client.records.get({ id })));
  const found = details.flatMap(({ record, request_body, response_body }) =>
    "source" in record ? [{ record, request: valueIn(request_body), response: valueIn(response_body) }] : [],
  );
  const bySpan = new Map(found.map(({ record }) => [record.span_id, record]));
  return found
    .map((one) => ({ ...one, under: namesAbove(one.record, bySpan) }))
    .sort((one, other) => one.record.started_at_ms - other.record.started_at_ms);
}

function namesAbove(record: SpanRecord, bySpan: ReadonlyMap<string, SpanRecord>): string[] {
  const parent = bySpan.get(record.parent_span_id ?? "");
  return parent ? [parent.name, ...namesAbove(parent, bySpan)] : [];
}

function valueIn(body: { text: string } | null): unknown {
  if (!body) return undefined;
  return /^[[{]/.test(body.text) ? JSON.parse(body.text) : body.text;
}
