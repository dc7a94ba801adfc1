// The order of measurement: each round measures every scenario, and within a scenario all contenders one after another,
// so that what is compared was measured seconds apart. Who begins changes with each round. Warming up comes before.
import type { Contender } from "../contenders/contender.ts";
import { runClosedLoop } from "../load.ts";
import type { TrafficKind } from "../traffic.ts";
import { loadSpecFor, measureSlice, type MeasureDeps, type Slice } from "./measure.ts";
import type { Scenario } from "./scenarios.ts";

export interface RoundsSpec {
  contenders: readonly Contender[];
  scenarios: readonly Scenario[];
  rounds: number;
  /** Scales the length of each slice. */
  scale: number;
  onProgress(text: string): void;
  /** Throws its reason before the next slice. */
  signal: AbortSignal;
}

/** Calls until the compilers have seen enough, whatever a contender's speed; but no longer than WARM_UP_MAX_MS each. */
const WARM_UP_CALLS: Record<TrafficKind, number> = { json: 15_000, stream: 1500, burst: 5000, paced: 64 };
const WARM_UP_MAX_MS = 4000;

export async function measureRounds(spec: RoundsSpec, deps: MeasureDeps): Promise<Slice[]> {
  const slices: Slice[] = [];
  await warmUp(spec);
  for (let round = 1; round <= spec.rounds; round += 1)
    for (const scenario of spec.scenarios) {
      spec.onProgress(`round ${round} of ${spec.rounds}: ${scenario.title}`);
      const present = spec.contenders.filter(({ name }) => scenario.contenders.includes(name));
      for (const contender of rotate(present, round)) {
        spec.signal.throwIfAborted();
        const durationMs = scenario.seconds * 1000 * spec.scale;
        slices.push(await measureSlice({ round, contender, scenario, durationMs }, deps));
      }
    }
  return slices;
}

async function warmUp({ contenders, scenarios, onProgress, signal }: RoundsSpec): Promise<void> {
  const kinds = new Map(
    scenarios.map((each) => [
      `${each.traffic} ${each.isTranslated ?? false} ${each.isGoverned ?? false} ${each.isSecured ?? false}`,
      each,
    ]),
  );
  for (const contender of contenders)
    for (const each of kinds.values()) {
      if (!each.contenders.includes(contender.name)) continue;
      const kind = each.traffic;
      signal.throwIfAborted();
      onProgress(`warming up: ${contender.name}, ${kind}`);
      // Each process has compilers of its own.
      const processes = 1 + (contender.workerPids?.length ?? 0);
      const load = {
        connections: 32 * processes,
        durationMs: WARM_UP_MAX_MS * processes,
        callsMax: WARM_UP_CALLS[kind] * processes,
      };
      const { calls, failures } = await runClosedLoop(loadSpecFor(contender, each), load);
      if (calls === 0) throw new Error(`${contender.name} answers no ${kind} call: ${JSON.stringify(failures)}`);
      await contender.settle();
    }
}

export function rotate<T>(items: readonly T[], by: number): T[] {
  const start = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
