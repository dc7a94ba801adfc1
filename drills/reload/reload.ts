// `reload`: ten thousand keys are made by one write, then changed by one write, then the config file is another, while
// calls go on at a steady rate at all processes. Every process knows within a second, and calls hardly notice.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { defineDrill, type DrillContext, type DrillResult } from "../drill.ts";
import type { RunningBinnacle } from "../installation/binnacle.ts";
import { configOf, startProcesses } from "./processes.ts";
import { judgeReload, type Phase } from "./judge-reload.ts";
import { createSteadyLoad, type SteadyLoad } from "./steady-load.ts";
import { changedKeys, countRefused, newKeys, useEach } from "./keys.ts";
import { untilAnotherTarget, write } from "./until-known.ts";

/** A process that has just started, or was busy with something else, is slower than it will be. */
const SETTLE_MS = 6000;
const BEFORE_MS = 8000;
/** Calls that are sent so long after every process knew count as during the change, too. */
const AFTER_MS = 1000;
const CALLING_KEYS = 20;
const SAMPLE = 200;

export const reloadDrill = defineDrill({
  name: "reload",
  takes: "2 min",
  summary: "10,000 keys made, then changed, by one write under load, then another config file: known within a second",
  options: z.object({
    keys: z.coerce.number().int().min(100).max(50_000).default(10_000).describe("made, and changed, at once"),
    rate: z.coerce.number().min(10).max(2000).default(200).describe("calls a second, over all processes"),
    processes: z.coerce.number().int().min(1).max(8).default(2).describe("on one PostgreSQL"),
  }),
  async run(context, { keys, rate, processes: count }) {
    const { running, folders } = await startProcesses(context, count);
    const load = createSteadyLoad(running, rate, context.signal);
    const reloading: Reloading = { context, running, folders, load, count: keys };
    const phases = [await makeKeys(reloading), await changeKeys(reloading), await changeConfig(reloading)];
    await load.end();
    for (const process of running) await process.stop();
    return resultOf(phases, keys);
  },
});

interface Reloading {
  context: DrillContext;
  running: readonly RunningBinnacle[];
  folders: readonly string[];
  load: SteadyLoad;
  count: number;
}

async function makeKeys({ context, running, load, count }: Reloading): Promise<Phase> {
  const calling = await write(running, newKeys("calling", CALLING_KEYS));
  load.begin(calling.secrets);
  await Bun.sleep(SETTLE_MS + BEFORE_MS);
  context.say(`${count} keys are made …`);
  const made = await write(running, newKeys("key", count));
  await Bun.sleep(AFTER_MS);
  return {
    name: "made",
    ...made,
    before: load.between(made.sentMs - BEFORE_MS, made.sentMs),
    during: load.between(made.sentMs, made.knownMs + AFTER_MS),
    wrong: count - made.secrets.length,
  };
}

async function changeKeys({ context, running, load, count }: Reloading): Promise<Phase> {
  context.say("each of them is used at every process …");
  const { secrets } = await write(running, newKeys("other", count));
  await useEach(running, secrets);
  await Bun.sleep(SETTLE_MS + BEFORE_MS);
  context.say(`${count} keys are disabled …`);
  const changed = await write(running, changedKeys("other", count));
  await Bun.sleep(AFTER_MS);
  const sample = secrets.filter((_, index) => index % Math.ceil(count / SAMPLE) === 0);
  const refused = await countRefused(running, sample);
  return {
    name: "changed",
    ...changed,
    before: load.between(changed.sentMs - BEFORE_MS, changed.sentMs),
    during: load.between(changed.sentMs, changed.knownMs + AFTER_MS),
    wrong: sample.length * running.length - refused,
  };
}

async function changeConfig({ context, running, folders, load }: Reloading): Promise<Phase> {
  await Bun.sleep(SETTLE_MS + BEFORE_MS);
  context.say("the config file is another …");
  const sentMs = performance.now();
  for (const folder of folders) writeFileSync(join(folder, "binnacle.yaml"), JSON.stringify(configOf("sim/sim-small")));
  const knownMs = await untilAnotherTarget(running, "sim/sim-small");
  await Bun.sleep(AFTER_MS);
  return {
    name: "config",
    sentMs,
    answeredMs: sentMs,
    knownMs,
    before: load.between(sentMs - BEFORE_MS, sentMs),
    during: load.between(sentMs, knownMs + AFTER_MS),
    wrong: 0,
  };
}

function resultOf(phases: readonly Phase[], keys: number): DrillResult {
  const judged = phases.map((phase) => judgeReload(phase));
  return {
    checks: judged.flatMap(({ checks }) => checks),
    figures: Object.assign({ keys }, ...judged.map(({ figures }) => figures)) as DrillResult["figures"],
  };
}
