// `chunking`: recorded streams cut at random places must give the same events; and streams and bodies that were tampered with
// must give an error or an answer, never a crash and never a hang.
import { z } from "zod";
import type { ChatEvent } from "../../src/providers/contract.ts";
import { type DialectName, dialectNames, dialectOf } from "../../src/providers/index.ts";
import { isAppError } from "../../src/kernel/index.ts";
import { eventsOf } from "../dialects/matrix.ts";
import { readRecordings, type Recording } from "../dialects/recordings.ts";
import { type Check, defineDrill, type DrillContext } from "../drill.ts";
import { readDocumented } from "./documented.ts";
import { createDice, type Dice } from "../run/dice.ts";
import { mutateBytes, mutateJson } from "./mutate.ts";

const EVENT_BYTES_MAX = 1024 * 1024;
/** One piece of work that takes longer counts as a hang. */
const HANG_MS = 2000;

export const chunkingDrill = defineDrill({
  name: "chunking",
  takes: "2 min",
  summary: "recorded streams cut anywhere give the same events; what was tampered with neither crashes nor hangs",
  options: z.object({
    splittings: z.coerce.number().int().min(1).default(10_000).describe("how many for each dialect"),
    fuzz: z.coerce.number().min(0).max(3600).default(10).describe("seconds of fuzzing for each dialect"),
    dialect: z.string().optional().describe("this one alone"),
  }),
  async run(context, { splittings, fuzz, dialect }) {
    const recordings = readRecordings(dialectNames);
    if (recordings.length === 0) throw new Error("there are no recorded exchanges here (../shared/fixtures)");
    const documented = readDocumented();
    const table = [["", "dialect", "streams", "splittings", "tampered with", "slowest"]];
    const checks: Check[] = [];
    for (const name of dialectNames.filter((each) => dialect === undefined || each === dialect)) {
      const recorded = recordings.filter((each) => each.dialect === name);
      const own = recorded.some(({ isStream }) => isStream)
        ? recorded
        : [...recorded, ...documented.filter((each) => each.dialect === name)];
      const dice = createDice(context.seed, name);
      const split = await splitAll(own, { count: splittings, dice, context });
      const tampered = await tamperWithAll(own, { seconds: fuzz, dice, context, dialect: name });
      checks.push(...split.failures, ...tampered.failures);
      const slowest = `${Math.round(tampered.slowestMs)} ms`;
      table.push(["", name, `${split.streams}`, `${split.done}`, `${tampered.done}`, slowest]);
    }
    const found = checks.length === 0 ? "all" : `${checks.length} did not`;
    checks.push({ that: "every dialect holds out", holds: checks.length === 0, found });
    return { checks, table, figures: { splittings, fuzz_s: fuzz, dialects: table.length - 1 } };
  },
});

interface Work {
  dice: Dice;
  context: DrillContext;
}

const FAILURES_MAX = 5;
/** The event loop turns after so many, so that the drill can be interrupted. */
const AT_ONCE = 200;

async function splitAll(own: readonly Recording[], { count, dice, context }: Work & { count: number }) {
  const streams = own.filter(({ isStream }) => isStream);
  const failures: Check[] = [];
  let done = 0;
  const wholes = streams.map((recording) => ({ recording, wanted: eventsOf(recording) }));
  context.say(`${own[0]?.dialect ?? ""}: ${count} splittings of ${streams.length} streams …`);
  for (; done < count && wholes.length > 0 && failures.length < FAILURES_MAX; done += 1) {
    if (done % AT_ONCE === 0) await pause(context);
    const { recording, wanted } = oneOf(wholes, done);
    const events = decodeInPieces(recording, dice);
    if (!Bun.deepEquals(events, wanted)) failures.push(failure(recording, "cut anywhere, it gives the same events"));
  }
  return { streams: streams.length, done: streams.length === 0 ? 0 : done, failures };
}

function decodeInPieces({ dialect, bytes }: Recording, dice: Dice): ChatEvent[] {
  const decoder = dialectOf(dialect).vendor.createDecoder({ eventBytesMax: EVENT_BYTES_MAX });
  const events: ChatEvent[] = [];
  // Some in single bytes, some in a few large pieces, most in between.
  const longest = 2 ** dice.between(0, 12);
  for (let from = 0; from < bytes.length;) {
    const to = Math.min(bytes.length, from + dice.between(1, longest));
    events.push(...decoder.feed(bytes.slice(from, to)));
    from = to;
  }
  return [...events, ...decoder.finish()];
}

async function tamperWithAll(
  own: readonly Recording[],
  { seconds, dialect, dice, context }: Work & { seconds: number; dialect: DialectName },
) {
  const failures: Check[] = [];
  let [done, slowestMs] = [0, 0];
  if (seconds > 0) context.say(`${dialect}: ${seconds} s of fuzzing …`);
  const endMs = performance.now() + seconds * 1000;
  while (own.length > 0 && performance.now() < endMs && failures.length < FAILURES_MAX) {
    if (done % AT_ONCE === 0) await pause(context);
    const recording = oneOf(own, dice.between(0, own.length - 1));
    const beganMs = performance.now();
    const crash = tamperWith(recording, dice);
    const tookMs = performance.now() - beganMs;
    slowestMs = Math.max(slowestMs, tookMs);
    if (crash !== undefined) failures.push(failure(recording, `tampered with, it does not crash (${crash})`));
    if (tookMs > HANG_MS)
      failures.push(failure(recording, `tampered with, it does not hang (${Math.round(tookMs)} ms)`));
    done += 1;
  }
  return { done, slowestMs, failures };
}

/** The same recording spoiled, through each function that meets foreign bytes. What went wrong, if anything. */
function tamperWith(recording: Recording, dice: Dice): string | undefined {
  const { caller, vendor } = dialectOf(recording.dialect);
  if (recording.isStream) {
    const spoiled = { ...recording, bytes: mutateBytes(recording.bytes, dice) };
    return attempt(() => {
      const events = decodeInPieces(spoiled, dice);
      const ends = events.filter(({ type }) => type === "end" || type === "error").length;
      if (ends !== 1) throw new Error(`it ended ${ends} times`);
    });
  }
  const answer = attempt(() => {
    const events = vendor.readAnswer(mutateJson(tryParse(recording.body), dice));
    caller.writeAnswer(events, []);
  });
  if (answer !== undefined) return answer;
  return attempt(() => {
    const request = caller.readRequest(mutateJson(recording.request, dice));
    vendor.writeRequest(request, { model: request.model });
  });
}

/** Refusals that are meant for it are as good as an answer. */
function attempt(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (isAppError(error) && /^providers\.(?:bad_request|broken_answer)$/.test(error.code)) return undefined;
    return String(error instanceof Error ? error.stack : error).slice(0, 300);
  }
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function oneOf<T>(list: readonly T[], number: number): T {
  const found = list[number % list.length];
  if (found === undefined) throw new Error("there is nothing to pick from");
  return found;
}

async function pause({ signal }: DrillContext): Promise<void> {
  await Bun.sleep(0);
  signal.throwIfAborted();
}

function failure({ dialect, name }: Recording, that: string): Check {
  return { that: `${dialect}, ${name}: ${that}`, holds: false, found: "it did not" };
}
