// An audit trail for tests: its own database, its own data folder, a clock that tests set.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMigratedDatabase, type TestDatabase } from "../../test/support/database.ts";
import { createWorld } from "../kernel/index.ts";
import { createFetch } from "../network/index.ts";
import type { CompareRecords } from "./calls/judge-calls.ts";
import type { KeyWrapper } from "./sealing/key-wrapper.ts";
import { type AuditEntry, auditConfigSchema, auditMigrations, createAudit } from "./index.ts";

export const startAuditDatabase = (): Promise<TestDatabase> => startMigratedDatabase("audit", [auditMigrations]);

export const makeFolder = (): string => mkdtempSync(join(tmpdir(), "binnacle-audit-"));

export const NOW = Date.UTC(2026, 10, 21, 12);

export interface TestAuditOptions {
  config?: unknown;
  folder?: string;
  nowMs?: () => number;
  wrapper?: KeyWrapper;
  compareRecords?: CompareRecords;
  isHeld?: () => Promise<boolean>;
}

export function createTestAudit({ storage }: TestDatabase, options: TestAuditOptions = {}) {
  const fetchOf = createFetch({ other: fetch, usesProxy: false });
  const world = createWorld({ nowMs: options.nowMs ?? (() => NOW), fetch: fetchOf });
  return createAudit(auditConfigSchema.parse(options.config ?? {}), {
    storage,
    world,
    home: { path: options.folder ?? makeFolder() },
    version: "0.0.0-test",
    env: {},
    ...(options.wrapper && { wrapper: options.wrapper }),
    ...(options.compareRecords && { compareRecords: options.compareRecords }),
    ...(options.isHeld && { isHeld: options.isHeld }),
  });
}

export const entry = (more: Partial<AuditEntry> = {}): AuditEntry => ({
  action: "key.create",
  actor: { kind: "key", id: "k1", name: "first", organisation: "default" },
  resource: { type: "key", id: "k2" },
  organisation: "default",
  outcome: "ok",
  ...more,
});

export async function linesOf(chunks: AsyncIterable<string>): Promise<string[]> {
  let text = "";
  for await (const chunk of chunks) text += chunk;
  return text.split("\n").slice(0, -1);
}
