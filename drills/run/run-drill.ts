// Runs one drill: gives it a folder, lets it be interrupted, and sees to it that nothing of it is left behind, neither a
// process nor a file, however it ends.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Check, DrillContext, DrillResult } from "../drill.ts";
import { endProcesses, findProcesses } from "../installation/leftovers.ts";
import type { Report } from "./report.ts";
import type { DrillRequest } from "./request.ts";

export interface Outcome {
  ok: boolean;
  interrupted: boolean;
}

interface RunDeps {
  root: string;
  signal: AbortSignal;
  report: Report;
}

export async function runDrill(request: DrillRequest, { root, signal, report }: RunDeps): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), `binnacle-drill-${request.drill.name}-`));
  // As root, PostgreSQL runs as another user, who must be able to pass through to its data.
  chmodSync(folder, 0o711);
  const deferred: (() => Promise<void>)[] = [];
  const context: DrillContext = {
    root,
    folder,
    seed: request.seed,
    signal,
    // What an interrupted drill still says is of no interest any more.
    say: (text) => void (signal.aborted || report.say(text)),
    defer: (cleanUp) => void deferred.push(cleanUp),
  };
  report.begin();
  let result: DrillResult | undefined;
  let failure: unknown = "it was interrupted";
  try {
    result = await Promise.race([request.drill.run(context, request.options), untilAborted(signal)]);
    if (!result) report.say("interrupted; cleaning up …");
  } catch (error) {
    failure = error;
  }
  const isClean = await cleanUp(deferred, { folder, keeps: request.keeps, say: report.say });
  if (!result) {
    report.fail(failure);
    return { ok: false, interrupted: signal.aborted };
  }
  const checks = [...result.checks, isClean];
  report.end({ ...result, checks });
  return { ok: checks.every(({ holds }) => holds), interrupted: false };
}

function untilAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
}

async function cleanUp(
  deferred: (() => Promise<void>)[],
  { folder, keeps, say }: { folder: string; keeps: boolean; say: (text: string) => void },
): Promise<Check> {
  for (const undo of deferred.toReversed())
    await undo().catch((error: unknown) => say(`cleaning up: ${error instanceof Error ? error.message : error}`));
  const left = findProcesses(folder);
  await endProcesses(folder);
  if (keeps) say(`kept: ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
  const names = left.map(({ pid, command }) => `${pid} (${command.slice(0, 60)})`);
  return {
    that: "nothing that the drill started is still running",
    holds: left.length === 0,
    found: left.length === 0 ? "nothing" : `ended by force: ${names.join(", ")}`,
  };
}
