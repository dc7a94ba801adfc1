// `killswitch`: long streams at four processes, and short calls beside them; one switch after another is thrown, of each kind
// in turn. From the answer of the throw on no stream has content for longer than a second, each ends with the reason, new
// calls are refused, and all goes on when the switch is lifted.
import { z } from "zod";
import type { SwitchKind } from "../../src/governance/contract.ts";
import { type Check, defineDrill, type DrillContext, type DrillResult } from "../drill.ts";
import { type Processes, startProcesses } from "./processes.ts";
import { AGENT, askShortly, type Heard, openStream, type StreamCaller, TOOL } from "./streams.ts";

const WITHIN_MS = 1000;
const BACK_TIMEOUT_MS = 10_000;
const PAUSE_MS = 20;

export const killswitchDrill = defineDrill({
  name: "killswitch",
  takes: "1 min",
  summary: "switches of each kind thrown under load: no content later than a second after, everywhere",
  options: z.object({
    tries: z.coerce.number().int().min(1).max(1000).default(20).describe("switches, of each kind in turn"),
    processes: z.coerce.number().int().min(1).max(8).default(4).describe("that a switch must reach"),
    as: z
      .enum(["workers", "separate"])
      .default("workers")
      .describe("separate: processes of their own on one PostgreSQL, in place of workers"),
    streams: z.coerce
      .number()
      .int()
      .min(1)
      .max(1000)
      .default(40)
      .describe("under way at each throw, over all processes"),
  }),
  async run(context, { tries, processes: count, as, streams }) {
    const processes = await startProcesses(context, { count, isSeparate: as === "separate" });
    const drilling: Drilling = { context, processes, callers: await callersOf(processes), streams };
    const load = loadShortly(drilling);
    const verdicts: Verdict[] = [];
    for (let place = 0; place < tries; place += 1) {
      context.signal.throwIfAborted();
      const verdict = await throwOnce(drilling, place);
      verdicts.push(verdict);
      const { kind, lastContentMs, backMs } = verdict;
      context.say(
        `try ${place + 1} of ${tries}, ${kind}: last content ${lastContentMs.toFixed(0)} ms after the answer, back after ${backMs.toFixed(0)} ms`,
      );
    }
    await load.end();
    await processes.stop();
    return resultOf(verdicts, streams);
  },
});

interface Drilling {
  context: DrillContext;
  processes: Processes;
  callers: StreamCaller[];
  streams: number;
}

interface Verdict {
  kind: SwitchKind;
  throwMs: number;
  /** After the answer of the throw; negative: before it. */
  lastContentMs: number;
  endedMs: number;
  unexplained: number;
  refusedStatus: number;
  backMs: number;
}

const NAMES: Record<SwitchKind, string> = {
  installation: "*",
  organisation: "default",
  team: "drill-team",
  project: "drill-*",
  user: "drill-user",
  key: "drill key",
  model: "sim/sim-small*",
  vendor: "sim",
  route: "drill-*",
  agent: AGENT,
  tool: TOOL,
};
const KINDS = Object.keys(NAMES) as SwitchKind[];

function adminOf({ running: [first] }: Processes) {
  if (!first) throw new Error("no process is running");
  return first.client;
}

async function callersOf(processes: Processes): Promise<StreamCaller[]> {
  const { secret: key } = await adminOf(processes).keys.create({
    name: NAMES.key,
    team: NAMES.team,
    project: "drill-project",
    user: NAMES.user,
  });
  return processes.running.map(({ url }) => ({ url, key }));
}

async function throwOnce({ processes, callers, streams }: Drilling, place: number): Promise<Verdict> {
  const kind = KINDS[place % KINDS.length] ?? "installation";
  const at = (index: number): StreamCaller => callers[index % callers.length] ?? { url: "", key: "" };
  const open = await Promise.all(Array.from({ length: streams }, (_, index) => openStream(at(index))));
  const { switches } = adminOf(processes);
  const sentMs = performance.now();
  const { id } = await switches.throw({ kind, name: NAMES[kind], reason: `try ${place + 1}` });
  const answeredMs = performance.now();
  const heard = await Promise.all(open.map((each) => each.heard));
  const refused = await askShortly(at(0));
  const liftedMs = performance.now();
  await switches.lift({ id });
  await untilBack(callers);
  return {
    kind,
    throwMs: answeredMs - sentMs,
    lastContentMs: Math.max(...heard.map(({ lastContentMs }) => lastContentMs)) - answeredMs,
    endedMs: Math.max(...heard.map(({ endedMs }) => endedMs)) - answeredMs,
    unexplained: heard.filter((each) => !isExplained(each, id)).length,
    refusedStatus: refused,
    backMs: performance.now() - liftedMs,
  };
}

const isExplained = ({ status, lastWords }: Heard, id: string): boolean => status === 200 && lastWords.includes(id);

/** At every process, several times in a row: workers answer in no order. */
async function untilBack(callers: readonly StreamCaller[]): Promise<void> {
  const endMs = performance.now() + BACK_TIMEOUT_MS;
  for (const caller of callers)
    for (let right = 0; right < 2 * callers.length;) {
      right = (await askShortly(caller)) === 200 ? right + 1 : 0;
      if (performance.now() > endMs) throw new Error("calls are still refused after the switch was lifted");
    }
}

/** Other callers meanwhile, whose calls are short. */
function loadShortly({ callers, context }: Drilling): { end(): Promise<void> } {
  let isOver = false;
  const loop = async (caller: StreamCaller): Promise<void> => {
    while (!isOver && !context.signal.aborted) {
      await askShortly(caller);
      await Bun.sleep(PAUSE_MS);
    }
  };
  const loops = Promise.all(callers.map(loop));
  return {
    async end() {
      isOver = true;
      await loops;
    },
  };
}

function resultOf(verdicts: readonly Verdict[], streams: number): DrillResult {
  const worst = (read: (verdict: Verdict) => number): number => Math.max(...verdicts.map(read));
  const unexplained = verdicts.reduce((sum, each) => sum + each.unexplained, 0);
  const notRefused = verdicts.filter(({ refusedStatus }) => refusedStatus !== 403 && refusedStatus !== 503);
  const lastContentMs = worst((each) => each.lastContentMs);
  const checks: Check[] = [
    {
      that: "no stream has content a second after the throw was answered",
      holds: lastContentMs < WITHIN_MS,
      found: `${lastContentMs.toFixed(0)} ms at the most`,
    },
    {
      that: "every stream ends with the switch and its reason",
      holds: unexplained === 0,
      found: `${unexplained} of ${verdicts.length * streams} do not`,
    },
    { that: "new calls are refused", holds: notRefused.length === 0, found: `${notRefused.length} were not` },
    {
      that: "calls go on once it is lifted",
      holds: true,
      found: `${worst((each) => each.backMs).toFixed(0)} ms at the most`,
    },
  ];
  return {
    checks,
    figures: {
      tries: verdicts.length,
      streams,
      throw_worst_ms: worst((each) => each.throwMs),
      last_content_worst_ms: lastContentMs,
      ended_worst_ms: worst((each) => each.endedMs),
      back_worst_ms: worst((each) => each.backMs),
    },
  };
}
