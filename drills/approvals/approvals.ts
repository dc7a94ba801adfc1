// `approvals`: fifty approvers decide one approval at once, over several processes, again and again; some rounds have refusals
// among them, some are raced by the deadline. Each comes to one end by one of them, and what is approved is done once.
import { z } from "zod";
import { type BinnacleClient, createClient } from "../../client/index.ts";
import { defineDrill, type DrillContext, type DrillResult } from "../drill.ts";
import { type Processes, startProcesses } from "../killswitch/processes.ts";

const SETTLED_TIMEOUT_MS = 15_000;
const PAUSE_MS = 20;
/** Decisions of a late round are sent so long before its deadline. */
const LATE_AFTER_MS = 400;
const HEAD_START_MS = 40;

const kinds = ["approved by all", "approved and refused", "raced by its deadline"] as const;

export const approvalsDrill = defineDrill({
  name: "approvals",
  takes: "2 min",
  summary: "fifty approvers at once over several processes, refusals and deadlines among them: one effect each",
  options: z.object({
    rounds: z.coerce.number().int().min(1).max(10_000).default(200).describe("approvals, one after another"),
    voices: z.coerce.number().int().min(2).max(200).default(50).describe("who decide each at once"),
    processes: z.coerce.number().int().min(1).max(8).default(2).describe("on one PostgreSQL"),
  }),
  async run(context, { rounds, voices, processes: count }) {
    const processes = await startProcesses(context, { count, isSeparate: true });
    const drilling = await prepare(processes, voices);
    const verdicts: Verdict[] = [];
    for (let round = 0; round < rounds; round += 1) {
      context.signal.throwIfAborted();
      verdicts.push(await oneRound(drilling, round));
      if ((round + 1) % 20 === 0) context.say(`${round + 1} of ${rounds} rounds`);
    }
    await processes.stop();
    return resultOf(verdicts, context);
  },
});

interface Drilling {
  asker: BinnacleClient[];
  approvers: BinnacleClient[];
}

interface Verdict {
  kind: (typeof kinds)[number];
  state: string;
  by: string | null;
  effects: number;
  used: number;
  tookMs: number;
}

async function prepare({ running }: Processes, voices: number): Promise<Drilling> {
  const [first] = running;
  if (!first) throw new Error("no process is running");
  const urlAt = (index: number): string => running[index % running.length]?.url ?? "";
  const approvers: BinnacleClient[] = [];
  for (let index = 0; index < voices; index += 1) {
    const { secret: key } = await first.client.keys.create({ name: `approver ${index}`, scopes: ["admin"] });
    approvers.push(createClient({ url: urlAt(index), key }));
  }
  const { secret: key } = await first.client.keys.create({ name: "agent", scopes: ["call", "read"] });
  return { approvers, asker: running.map(({ url }) => createClient({ url, key })) };
}

async function oneRound({ asker, approvers }: Drilling, round: number): Promise<Verdict> {
  const kind = kinds[round % kinds.length] ?? kinds[0];
  const isLate = kind === "raced by its deadline";
  const [first] = asker;
  if (!first) throw new Error("nobody asks");
  const hash = `round ${round}`;
  const { id, deadline_ms } = await first.approvals.ask({
    what: `round ${round}`,
    action: "drill",
    resource: { type: "round", id: String(round) },
    payload_hash: hash,
    ...(isLate && { deadline_ms: Date.now() + LATE_AFTER_MS }),
  });
  if (isLate) await Bun.sleep(deadline_ms - Date.now() - HEAD_START_MS);
  const startedMs = performance.now();
  const decided = await Promise.allSettled(
    approvers.map((client, index) =>
      client.approvals.decide({ id, decision: kind === "approved and refused" && index % 2 ? "refuse" : "approve" }),
    ),
  );
  const tookMs = performance.now() - startedMs;
  const { state, settled_by: by } = await untilSettled(first, id);
  const uses = await Promise.allSettled(
    approvers.map((_, index) => (asker[index % asker.length] ?? first).approvals.use({ id, payload_hash: hash })),
  );
  return {
    kind,
    state,
    by,
    effects: decided.filter((each) => each.status === "fulfilled" && each.value.took_effect).length,
    used: uses.filter((each) => each.status === "fulfilled").length,
    tookMs,
  };
}

async function untilSettled(client: BinnacleClient, id: string) {
  for (const endMs = performance.now() + SETTLED_TIMEOUT_MS; performance.now() < endMs; await Bun.sleep(PAUSE_MS)) {
    const approval = await client.approvals.get({ id });
    if (approval.state !== "pending") return approval;
  }
  throw new Error(`the approval ${id} is not settled`);
}

/** What was refused, or allowed by nobody, is not used; what was approved is used once. */
function isRight({ state, by, effects, used }: Verdict): boolean {
  const isOneEnd = by === "votes" ? effects === 1 : effects === 0;
  return isOneEnd && used === (state === "approved" ? 1 : 0);
}

function resultOf(verdicts: readonly Verdict[], { seed }: DrillContext): DrillResult {
  const wrong = verdicts.filter((each) => !isRight(each));
  const count = (is: (verdict: Verdict) => boolean): number => verdicts.filter(is).length;
  const silent = count(({ by }) => by === "silence");
  return {
    checks: [
      {
        that: "each approval comes to one end, by one voice or by silence, and is used once or not at all",
        holds: wrong.length === 0,
        found: wrong.length === 0 ? `${verdicts.length} of ${verdicts.length}` : JSON.stringify(wrong[0]),
      },
    ],
    figures: {
      rounds: verdicts.length,
      approved: count(({ state }) => state === "approved"),
      refused: count(({ state }) => state === "refused"),
      settled_by_silence: silent,
      slowest_round_ms: Math.max(...verdicts.map(({ tookMs }) => tookMs)),
      seed,
    },
  };
}
