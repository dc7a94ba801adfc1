// `audit`: how many entries a second get their signed places, whether every kind of tampering is found by someone who has nothing
// but the signing key, and whether a person's destroyed key leaves all proofs as they were.
import { join } from "node:path";
import { z } from "zod";
import { type Audit, auditConfigSchema, auditMigrations, createAudit, verifyExport } from "../../src/audit/index.ts";
import { createWorld } from "../../src/kernel/index.ts";
import { createStorage, openHome, type Storage, storageConfigSchema } from "../../src/storage/index.ts";
import { type Check, defineDrill, type DrillContext, type DrillResult } from "../drill.ts";
import { addCalls, CALLS_AT_ONCE, oneCallOf } from "./calls.ts";
import { rollBack, tamperings, withTampering } from "./tamperings.ts";

const PER_SECOND_MIN = 2000;
const CALLS_PER_SECOND_MIN = 10_000;
const AT_ONCE = 2000;
const PERSON = { kind: "person", id: "alice", name: "Alice Liddell", organisation: "default" };

export const auditDrill = defineDrill({
  name: "audit",
  takes: "1 min",
  summary:
    "thousands of entries a second in a signed tree: every kind of tampering is found, and erasure leaves all proofs",
  options: z.object({
    entries: z.coerce.number().int().min(100).max(1_000_000).default(20_000).describe("in the tree"),
  }),
  async run(context, { entries }) {
    const { storage, audit } = await start(context);
    const speed = await measure(context, { storage, audit, entries });
    const checks = [
      {
        that: `at least ${PER_SECOND_MIN} entries a second get their signed places`,
        holds: speed.sequencedPerSecond >= PER_SECOND_MIN,
        found: `${Math.round(speed.sequencedPerSecond)} a second`,
      },
      {
        that: `at least ${CALLS_PER_SECOND_MIN} calls a second come onto the trail, ${CALLS_AT_ONCE} with one entry`,
        holds: speed.callsPerSecond >= CALLS_PER_SECOND_MIN,
        found: `${Math.round(speed.callsPerSecond)} a second`,
      },
      await judgeWhole(audit),
      await judgeOneCall(audit),
    ];
    for (const tampering of tamperings) {
      const kinds = await withTampering(storage, tampering, async () => (await audit.verify()).findings);
      const found = [...new Set(kinds.map(({ kind }) => kind))];
      context.say(`${tampering.that}: ${found.join(", ") || "not found"}`);
      checks.push({
        that: `${tampering.that} is found`,
        holds: found.includes(tampering.kind),
        found: found.join(", "),
      });
    }
    checks.push(...(await judgeErasure(audit)), await judgeRollBack(storage, audit));
    return resultOf(checks, { ...speed, entries });
  },
});

async function start({ folder, defer }: DrillContext): Promise<{ storage: Storage; audit: Audit }> {
  const home = openHome(join(folder, "home"));
  const world = createWorld();
  const storage = createStorage(storageConfigSchema.parse({}), { world, home });
  defer(() => Promise.resolve(home.close()));
  defer(() => storage.close());
  await storage.start();
  await storage.migrate([auditMigrations]);
  const audit = createAudit(auditConfigSchema.parse({}), {
    storage,
    world,
    home,
    version: "drill",
    env: {},
  });
  defer(() => audit.close());
  return { storage, audit };
}

interface Speed {
  notedPerSecond: number;
  sequencedPerSecond: number;
  callsPerSecond: number;
  verifiedPerSecond: number;
}

interface Measured {
  storage: Storage;
  audit: Audit;
  entries: number;
}

async function measure({ say, signal }: DrillContext, { storage, audit, entries }: Measured): Promise<Speed> {
  await audit.sequence();
  const noted = await perSecond(entries, async () => {
    for (let from = 0; from < entries && !signal.aborted; from += AT_ONCE)
      await Promise.all(
        Array.from({ length: Math.min(AT_ONCE, entries - from) }, (_, at) => noteOne(audit, from + at)),
      );
  });
  say(`${Math.round(noted)} entries a second written`);
  const sequenced = await perSecond(entries, async () => void (await audit.sequence()));
  say(`${Math.round(sequenced)} entries a second placed and signed`);
  const calls = await perSecond(entries, () => addCalls(storage, audit, entries));
  say(`${Math.round(calls)} calls a second added, placed and signed`);
  const verified = await perSecond(2 * entries, async () => void (await audit.verify()));
  say(`${Math.round(verified)} entries and calls a second verified`);
  return { notedPerSecond: noted, sequencedPerSecond: sequenced, callsPerSecond: calls, verifiedPerSecond: verified };
}

/** Every tenth has a personal part. */
const noteOne = (audit: Audit, index: number): Promise<void> =>
  audit.note({
    action: "call",
    actor: index % 10 === 0 ? PERSON : { kind: "key", id: `k${index % 7}`, name: "a key", organisation: "default" },
    resource: { type: "model", id: "sim/sim-small" },
    outcome: "ok",
    details: {
      index,
      request: { sha256: "0".repeat(64), size_bytes: 1234 },
      response: { sha256: "1".repeat(64), size_bytes: 567 },
    },
    ...(index % 10 === 0 && { personal: { address: `203.0.113.${index % 256}` } }),
  });

async function perSecond(count: number, work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (count * 1000) / (performance.now() - began);
}

async function judgeWhole(audit: Audit): Promise<Check> {
  const { ok, entries } = await audit.verify();
  return { that: "what nobody has touched verifies", holds: ok, found: `${entries} entries` };
}

/** By an export of that call alone, without a server. */
async function judgeOneCall(audit: Audit): Promise<Check> {
  const id = oneCallOf(7);
  const lines: string[] = [];
  for await (const chunk of (await audit.export("ndjson", { call: id })).chunks) lines.push(...chunk.split("\n"));
  const proven = await verifyExport(each(lines), (await audit.state()).keys);
  const forged = await verifyExport(each(lines.map((line) => line.replace("sim-small", "sim-large"))), []);
  return {
    that: "one call of a batch is proven by an export of it alone, and not where it was altered",
    holds: proven.ok && !forged.ok && lines.some((line) => line.includes(id)),
    found: kindsOf(forged),
  };
}

async function judgeErasure(audit: Audit): Promise<Check[]> {
  await audit.erase("user:alice");
  await audit.sequence();
  let text = "";
  for await (const chunk of (await audit.export("ndjson", {})).chunks) text += chunk;
  const lines = text.split("\n");
  const offline = await verifyExport(each(lines), (await audit.state()).keys);
  const altered = lines.map((line, at) => (at === 7 ? line.replace("sim-small", "sim-large") : line));
  const forged = await verifyExport(each(altered), []);
  const shortened = await verifyExport(each(lines.slice(0, -10)), []);
  return [
    { that: "after an erasure the trail verifies", holds: (await audit.verify()).ok, found: "" },
    {
      that: "and its export, without a server",
      holds: offline.ok && offline.is_whole,
      found: `${offline.entries} entries`,
    },
    { that: "and nothing of the person is in it", holds: !/alice/i.test(text), found: `${text.length} characters` },
    { that: "an altered line of an export is found", holds: !forged.ok, found: kindsOf(forged) },
    { that: "an export that was cut off is found", holds: !shortened.ok, found: kindsOf(shortened) },
  ];
}

async function judgeRollBack(storage: Storage, audit: Audit): Promise<Check> {
  await rollBack(storage, async () => {
    for (let index = 0; index < 50; index += 1) await noteOne(audit, index);
    await audit.sequence();
  });
  await noteOne(audit, 0);
  await audit.sequence();
  const { fault } = await audit.state();
  return {
    that: "a database that was put back to an older copy is found, and nothing is signed on it",
    holds: fault === "rolled_back",
    found: String(fault),
  };
}

const kindsOf = ({ findings }: { findings: readonly { kind: string }[] }): string =>
  [...new Set(findings.map(({ kind }) => kind))].join(", ");

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

function resultOf(checks: Check[], speed: Speed & { entries: number }): DrillResult {
  return {
    checks,
    figures: {
      entries: speed.entries,
      noted_per_second: Math.round(speed.notedPerSecond),
      sequenced_per_second: Math.round(speed.sequencedPerSecond),
      calls_per_second: Math.round(speed.callsPerSecond),
      verified_per_second: Math.round(speed.verifiedPerSecond),
      tamperings: tamperings.length,
    },
  };
}
