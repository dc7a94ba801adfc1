// What became of one team's calls: from what its callers saw, the record and the books.
import type { CallRecord } from "../../src/ledger/contract.ts";
import type { Lease } from "./read-books.ts";
import type { Sent } from "./send-steadily.ts";
import type { Team } from "./teams.ts";

export interface Seen {
  sent: readonly Sent[];
  records: ReadonlyMap<string, CallRecord>;
  /** In the end. */
  leases: readonly Lease[];
  /** Shortly before the database went, of each process. */
  leasesBefore: readonly (Lease & { process: number })[];
  /** By performance.now(). */
  outage: { fromMs: number; toMs: number };
}

export interface TeamVerdict {
  team: Team;
  during: { sent: number; answered: number; refused: number; slowestRefusalMs: number };
  /** Endings other than an answer, 402, 429 or 503, at any time. */
  odd: string[];
  answeredAfter: number;
  notOnRecord: number;
  spent: number;
  charged: number;
  /** Refused for want of the database's word, while the lease at hand would have paid. */
  unfair: number;
  mostAtOnce: number;
}

const CLEAR: ReadonlySet<number> = new Set([200, 402, 429, 503]);
/** What a process's moments, as the record has them, may be off by on a busy machine. */
const SLACK_MS = 50;

export function judgeTeam(team: Team, { sent: all, records, leases, leasesBefore, outage }: Seen): TeamVerdict {
  const sent = all.filter((each) => each.team === team.name);
  const during = sent.filter(({ sentMs, totalMs }) => sentMs >= outage.fromMs && sentMs + totalMs <= outage.toMs);
  const refused = during.filter(({ status }) => status !== 200);
  const own = [...records.values()].filter(({ who }) => who.team === team.name);
  const sum = (amounts: number[]): number => amounts.reduce((total, each) => total + each, 0);
  return {
    team,
    during: {
      sent: during.length,
      answered: during.length - refused.length,
      refused: refused.length,
      slowestRefusalMs: Math.max(0, ...refused.map(({ totalMs }) => totalMs)),
    },
    odd: sent.filter(({ status }) => !CLEAR.has(status)).map(({ status, code }) => `${status} ${code}`),
    answeredAfter: sent.filter(({ sentMs, status }) => sentMs > outage.toMs && status === 200).length,
    notOnRecord: sent.filter(({ status, callId }) => status === 200 && !records.has(callId)).length,
    spent: sum(leases.filter((lease) => lease.team === team.name).map(({ spent }) => spent)),
    charged: sum(own.map(({ budget }) => budget?.charged_usd_micros ?? 0)),
    unfair: refused.filter((each) => isUnfair(each, { sent, records, leasesBefore })).length,
    mostAtOnce: mostAtOnce(own),
  };
}

function isUnfair(
  { code, process, team, callId }: Sent,
  { sent, records, leasesBefore }: Pick<Seen, "sent" | "records" | "leasesBefore">,
): boolean {
  const refused = records.get(callId);
  const lease = leasesBefore.find((each) => each.team === team && each.process === process);
  if (code !== "governance.capacity_unknown" || !refused || !lease) return false;
  const others = sent.flatMap((each) => {
    const record = each.process === process ? records.get(each.callId) : undefined;
    return record?.budget ? [record] : [];
  });
  const need = Math.max(...others.map(({ budget }) => budget?.held_usd_micros ?? 0));
  const atMs = refused.started_at_ms;
  const used = others.reduce((total, record) => total + usedAt(record, atMs), 0);
  return lease.granted - used >= need;
}

/** What a call had taken of its lease at that moment, at the most. */
function usedAt({ budget, started_at_ms: fromMs, timings }: CallRecord, atMs: number): number {
  if (!budget || atMs < fromMs - SLACK_MS) return 0;
  return atMs <= fromMs + timings.total_ms + SLACK_MS ? budget.held_usd_micros : budget.charged_usd_micros;
}

/** A call's time counts from when it came in, its record's from a little later: on a busy machine it seems to end too late. */
const LATE_MS = 30;

/** Calls that were at a vendor at the same moment. */
function mostAtOnce(records: readonly CallRecord[]): number {
  const changes = records
    .filter(({ attempts }) => attempts.length > 0)
    .flatMap(({ started_at_ms: fromMs, attempts, timings }) => [
      { atMs: fromMs + (attempts[0]?.started_after_ms ?? 0), by: 1 },
      { atMs: fromMs + timings.total_ms - LATE_MS, by: -1 },
    ])
    .sort((one, other) => one.atMs - other.atMs || one.by - other.by);
  let now = 0;
  let most = 0;
  for (const { by } of changes) most = Math.max(most, (now += by));
  return most;
}
