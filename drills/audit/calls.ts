// Calls onto the trail as the ledger hands them on: many with one entry.
import type { Audit } from "../../src/audit/index.ts";
import type { Storage } from "../../src/storage/index.ts";

export const CALLS_AT_ONCE = 500;

const START = Date.UTC(2026, 0, 1);

export function oneCallOf(number: number): string {
  const time = (START + number).toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${String(number).padStart(12, "0")}`;
}

export async function addCalls(storage: Storage, audit: Audit, calls: number): Promise<void> {
  const db = storage.tables<unknown>();
  for (let from = 0; from < calls; from += CALLS_AT_ONCE) {
    const notes = Array.from({ length: Math.min(CALLS_AT_ONCE, calls - from) }, (_, at) => noteOf(audit, from + at));
    await db.transaction().execute((transaction) => audit.addCalls(transaction, notes));
  }
  await audit.sequence();
}

const noteOf = (audit: Audit, number: number): string =>
  audit.noteOfCall({
    id: oneCallOf(number),
    at_ms: START + number + 5,
    action: "call",
    actor: { kind: "key", id: `k${number % 7}`, name: "a key", organisation: "default" },
    resource: { type: "model", id: "sim/sim-small" },
    outcome: "ok",
    policies: ["default:calls"],
    request_id: String(number),
    details: {
      model: "sim-small",
      record: Bun.CryptoHasher.hash("sha256", `record ${number}`, "hex"),
      request: { sha256: Bun.CryptoHasher.hash("sha256", `request ${number}`, "hex"), size_bytes: 1234 },
    },
  });
