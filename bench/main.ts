// `npm run bench`: Binnacle, a bare proxy and Portkey's gateway before one upstream, in one run. Prints tables for people,
// writes bench/results/<date>-<commit>.json, and leaves no process and no file behind. README.md says how to read it.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Slice } from "./compare/measure.ts";
import { renderFailures, renderScenarios, renderVerdicts } from "./compare/print.ts";
import { measureRounds } from "./compare/rounds.ts";
import { type Scenario, scenarioNames, scenarios } from "./compare/scenarios.ts";
import { judge } from "./compare/targets.ts";
import { binnacleConfig, startBinnacle } from "./contenders/binnacle.ts";
import { type Contender, type ContenderDeps, type ContenderName, contenderNames } from "./contenders/contender.ts";
import { startPortkey } from "./contenders/portkey.ts";
import { callDirectly, startBareProxy, startUpstream, type Upstream } from "./contenders/scripts.ts";
import { describeMachine } from "./machine/describe.ts";
import { choosePinning, noPinning, pinProcess } from "./machine/pinning.ts";
import { descendantsOf } from "./machine/process-figures.ts";

const ROOT = resolve(import.meta.dir, "..");
const USAGE = `npm run bench -- [options]
  --quick             about a minute: fewer and shorter rounds
  --only NAME         only this scenario (${scenarioNames.join(", ")}); may be given again
  --without NAME      leave out a contender (${contenderNames.join(", ")}); may be given again
  --rounds N          so many rounds instead of 7 (or 2)
  --no-result         write no file into bench/results
`;

const FULL = { rounds: 7, scale: 1 };
const QUICK = { rounds: 2, scale: 0.4 };

interface Options {
  rounds: number;
  scale: number;
  scenarios: readonly Scenario[];
  without: readonly string[];
  writesResult: boolean;
}

function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    allowNegative: true,
    options: {
      quick: { type: "boolean", default: false },
      only: { type: "string", multiple: true, default: [] },
      without: { type: "string", multiple: true, default: [] },
      rounds: { type: "string" },
      result: { type: "boolean", default: true },
    },
  });
  const size = values.quick ? QUICK : FULL;
  const rounds = values.rounds === undefined ? size.rounds : Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new TypeError("--rounds takes a whole number from 1");
  mustBeAmong(values.only, scenarioNames);
  mustBeAmong(values.without, contenderNames);
  const chosen = scenarios.filter(({ name, isSpread }) =>
    values.only.length === 0 ? isSpread !== true : values.only.includes(name),
  );
  if (chosen.length > 1 && chosen.some(({ isSpread }) => isSpread))
    throw new TypeError("--only workers goes by itself: nothing is pinned for it");
  return {
    rounds,
    scale: size.scale,
    scenarios: chosen,
    without: values.without,
    writesResult: values.result,
  };
}

function mustBeAmong(given: readonly string[], known: readonly string[]): void {
  const unknown = given.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new TypeError(`there is no "${unknown}"; choose from ${known.join(", ")}`);
}

async function startContenders(
  deps: ContenderDeps,
  started: Contender[],
  { scenarios, without }: Pick<Options, "scenarios" | "without">,
): Promise<void> {
  const starts = {
    direct: () => Promise.resolve(callDirectly(deps.upstream)),
    bare: () => startBareProxy(deps),
    binnacle: () => startBinnacle(deps),
    "binnacle-2": () => startBinnacle(deps, 2),
    "binnacle-4": () => startBinnacle(deps, 4),
    portkey: () => startPortkey(deps),
  };
  const isWanted = (name: ContenderName): boolean => scenarios.some(({ contenders }) => contenders.includes(name));
  for (const name of contenderNames) if (isWanted(name) && !without.includes(name)) started.push(await starts[name]());
}

/** The exit code: 1 where an answer was wrong. A target that is missed is a finding, not a failure. */
async function run(options: Options, signal: AbortSignal): Promise<number> {
  const pinning = options.scenarios.some(({ isSpread }) => isSpread) ? noPinning : choosePinning();
  const machine = describeMachine(ROOT);
  const folder = mkdtempSync(join(tmpdir(), "binnacle-bench-"));
  const contenders: Contender[] = [];
  let upstream: Upstream | undefined;
  pinProcess(process.pid, pinning.loadCpu);
  const beganAt = new Date();
  try {
    upstream = await startUpstream({ root: ROOT, folder, cpu: pinning.loadCpu });
    const deps = { root: ROOT, folder, upstream: upstream.url, cpu: pinning.contenderCpu, loadCpu: pinning.loadCpu };
    await startContenders(deps, contenders, options);
    const onProgress = (text: string): void => console.error(`bench: ${text}`);
    const slices = await measureRounds(
      { ...options, contenders, onProgress, signal },
      { upstream, contenderCpu: pinning.contenderCpu },
    );
    report({ slices, options, machine, pinning: pinning.description, beganAt });
    return slices.some(({ failures }) => Object.keys(failures).length > 0) ? 1 : 0;
  } finally {
    for (const contender of contenders.reverse()) await contender.stop();
    await upstream?.stop();
    rmSync(folder, { recursive: true, force: true });
    const left = descendantsOf(process.pid);
    if (left.length > 0) console.error(`bench: processes are left behind: ${left.join(", ")}`);
  }
}

/** Ctrl-C ends the run after the slice at hand, so that every process it started is stopped first. */
function whenInterrupted(): AbortSignal {
  const interrupted = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(name, () => interrupted.abort(`stopped by ${name}`));
  return interrupted.signal;
}

interface Report {
  slices: Slice[];
  options: Options;
  machine: ReturnType<typeof describeMachine>;
  pinning: string;
  beganAt: Date;
}

function report({ slices, options, machine, pinning, beganAt }: Report): void {
  const verdicts = judge(slices);
  const state = machine.dirty ? `${machine.commit} with changes` : machine.commit;
  console.log(`
Binnacle ${state} · ${machine.cpu}, ${machine.cores} cores · Bun ${machine.bun}, Node ${machine.node} · ${pinning}
Median of ${options.rounds} rounds (least–most); ratios are taken within each round.

${renderScenarios(slices)}
${renderFailures(slices)}${renderVerdicts(verdicts)}
`);
  if (!options.writesResult) return;
  const day = beganAt.toISOString().slice(0, 10);
  const what = options.scenarios.some(({ isSpread }) => isSpread) ? "-workers" : "";
  const path = join(ROOT, "bench/results", `${day}-${machine.commit || "unknown"}${what}.json`);
  const { rounds, scale } = options;
  const config = {
    rounds,
    scale,
    scenarios: options.scenarios,
    binnacle: JSON.parse(binnacleConfig("http://UPSTREAM", { policyFolder: "POLICIES" })),
  };
  const seconds = Math.round((Date.now() - beganAt.getTime()) / 1000);
  const result = { schema: 1, began_at: beganAt.toISOString(), seconds, machine, pinning, config, verdicts, slices };
  writeFileSync(path, `${JSON.stringify(result, null, 1)}\n`);
  console.log(`Written to ${path}`);
}

async function main(args: string[]): Promise<number> {
  let options: Options;
  try {
    options = readOptions(args);
  } catch (error) {
    console.error(`bench: ${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return 2;
  }
  const signal = whenInterrupted();
  try {
    return await run(options, signal);
  } catch (error) {
    // Ctrl-C reaches what we started, too: whatever failed after it failed because of it.
    console.error(signal.aborted ? `bench: ${signal.reason}` : error);
    return signal.aborted ? 130 : 1;
  }
}

process.exitCode = await main(Bun.argv.slice(2));
