// The room on a database of its own, as one or several processes see it.
import { createServer } from "node:http";
import { type ContentSealer, createWorld } from "../kernel/index.ts";
import { createFetch } from "../network/index.ts";
import { startMigratedDatabase, type TestDatabase } from "../../test/support/database.ts";
import { type Approvals, createApprovals } from "./approvals.ts";
import { type AuditEntry, type AuditWriter, unaudited } from "../audit/index.ts";
import { approvalsConfigSchema } from "./config.ts";
import { approvalsMigrations } from "./migrations/index.ts";
import { type ApprovalWish, payloadHash, type Person } from "./request.ts";

export interface Bench {
  approvals: Approvals;
  database: TestDatabase;
  audited: AuditEntry[];
  /** Another process on the same database. */
  another(): Approvals;
  close(): Promise<void>;
}

export async function startBench(
  given: object = {},
  env: Record<string, string> = {},
  sealer?: ContentSealer,
): Promise<Bench> {
  const database = await startMigratedDatabase("approvals", [approvalsMigrations]);
  const config = approvalsConfigSchema.parse({ interval: "20ms", sweep_interval: "20ms", ...given });
  const world = createWorld({ fetch: createFetch({ other: fetch, usesProxy: false }) });
  const audited: AuditEntry[] = [];
  const audit: AuditWriter = { ...unaudited, record: (_, entry) => Promise.resolve(void audited.push(entry)) };
  const secrets = {
    env,
    readFile: (path: string): string => {
      throw new Error(`no file ${path}`);
    },
  };
  const started: Approvals[] = [];
  const another = (): Approvals => {
    const { storage } = database;
    const sealing = sealer && { sealer };
    const made = createApprovals(config, { storage, world, secrets, linkSecret: "secret", audit, ...sealing });
    started.push(made);
    return made;
  };
  const approvals = another();
  await approvals.start();
  return {
    approvals,
    database,
    audited,
    another,
    async close() {
      for (const each of started) await each.close();
      await database.close();
    },
  };
}

export function person(user: string, more: Partial<Person> = {}): Person {
  return { kind: "key", id: `key-of-${user}`, name: user, user, organisation: "default", roles: ["reviewer"], ...more };
}

export const ASKER = person("agent", { roles: ["member"] });

export function wishFor(what: string, more: Partial<ApprovalWish> = {}): ApprovalWish {
  return {
    what,
    why: "a test",
    action: "deploy",
    resource: { type: "route", id: what },
    askedBy: ASKER,
    payloadHash: payloadHash(what),
    ...more,
  };
}

/** Takes what webhooks are sent. */
export async function startReceiver(
  statuses: number[] = [],
): Promise<{ url: string; bodies: string[]; close(): void }> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => void pieces.push(piece));
    request.on("end", () => {
      const status = statuses.shift() ?? 200;
      if (status === 200) bodies.push(Buffer.concat(pieces).toString());
      response.writeHead(status).end("ok");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the receiver has no port");
  return { url: `http://127.0.0.1:${address.port}/`, bodies, close: () => void server.close() };
}
