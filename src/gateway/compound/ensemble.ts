// An ensemble: all are asked at once, and one of their answers is given. Those that are not needed any more are let go.
import type { RunningAttempt } from "../attempt.ts";
import { gatewayErrors } from "../errors.ts";
import { byName } from "../routing/draw.ts";
import type { EnsembleSpec } from "../routing/language/compound.ts";
import { USUAL_CHECKS, whyUnfit } from "./accept/check-answer.ts";
import { type Inner, startInner, type UnderWay } from "./ask-whole.ts";
import type { Asking, CompoundDeps } from "./asking.ts";
import { askForBest, type Contestant } from "./judge/ask-judge.ts";
import { readSaid } from "./read-said.ts";
import { countVotes } from "./vote.ts";

/** Throws `gateway.no_quorum`, `gateway.caller_gone`, or what the first of them failed with where none answered. */
export async function askEnsemble(deps: CompoundDeps, spec: EnsembleSpec, asking: Asking): Promise<RunningAttempt> {
  const { compound, incoming, bill } = asking;
  const { request } = incoming;
  const members = compound.members.map((planned) => startInner(deps, { planned, request, role: "member" }, asking));
  const ended = await waitForEnough(members, { spec, isGood: (inner) => whyNotGood(inner, asking) === undefined });
  for (const member of members) member.letGo(gatewayErrors.not_needed({}));
  if (asking.hangUp.aborted) throw gatewayErrors.caller_gone({});
  const answers = ended.flatMap((inner) =>
    inner?.running ? [{ running: inner.running, said: readSaid(inner.running, request) }] : [],
  );
  const [first, ...others] = answers;
  if (!first || answers.length < (spec.quorum ?? 1)) throw whyNone(ended, answers.length, asking);
  const { chosen, why } = await decide(deps, { spec, answers: [first, ...others] }, asking);
  if (asking.hangUp.aborted) throw gatewayErrors.caller_gone({});
  bill.given(chosen.running.log, why);
  return chosen.running;
}

interface Enough {
  spec: EnsembleSpec;
  isGood(inner: Inner): boolean;
}

/** What has come of each when no more is waited for; undefined of those that are still under way. */
async function waitForEnough(members: readonly UnderWay[], { spec, isGood }: Enough): Promise<(Inner | undefined)[]> {
  const enough = Promise.withResolvers<void>();
  const ended = members.map((): Inner | undefined => undefined);
  const wanted = spec.decide === "first_good" ? 1 : (spec.quorum ?? members.length);
  let good = 0;
  const all = members.map(async ({ done }, place) => {
    const inner = await done;
    ended[place] = inner;
    if (spec.decide === "first_good" ? isGood(inner) : inner.running) good += 1;
    if (good >= wanted) enough.resolve();
  });
  void Promise.all(all).then(() => enough.resolve());
  const timer = spec.timeoutMs === undefined ? undefined : setTimeout(enough.resolve, spec.timeoutMs);
  await enough.promise;
  clearTimeout(timer);
  // What comes later is not looked at, though it may come while it is decided.
  return [...ended];
}

function whyNotGood({ running }: Inner, { incoming: { request } }: Asking): string | undefined {
  return running ? whyUnfit(readSaid(running, request), USUAL_CHECKS, request) : "it failed";
}

function whyNone(ended: readonly (Inner | undefined)[], answers: number, { compound, plan }: Asking) {
  const { spec } = compound;
  const quorum = spec.kind === "ensemble" ? (spec.quorum ?? 1) : 1;
  const [first] = ended.flatMap((inner) => inner?.error ?? []);
  const haveAllFailed = ended.every((inner) => inner?.error);
  return haveAllFailed && first ? first : gatewayErrors.no_quorum({ route: plan.route.name, answers, quorum });
}

interface Deciding {
  spec: EnsembleSpec;
  answers: readonly [Contestant, ...Contestant[]];
}

interface Decided {
  chosen: Contestant;
  why: string;
}

async function decide(deps: CompoundDeps, { spec, answers }: Deciding, asking: Asking): Promise<Decided> {
  const [first] = answers;
  const { length: asked } = asking.compound.members;
  const came = answers.length === asked ? `${asked}` : `the ${answers.length} that answered`;
  if (spec.decide === "first_good") return decideFirstGood(answers, asking);
  if (answers.length === 1) return { chosen: first, why: `${nameOf(first)}, the only one of ${asked} that answered` };
  if (spec.decide === "judge") return decideByJudge(deps, answers, asking);
  const { winner, votes } = countVotes(answers.map(({ said }) => said));
  const chosen = answers[winner] ?? first;
  const how =
    votes === 1 ? `no two of ${came} said the same, and it is the first in order` : `${votes} of ${came} said the same`;
  return { chosen, why: `${nameOf(chosen)}: ${how}` };
}

function decideFirstGood(answers: Deciding["answers"], { incoming: { request } }: Asking): Decided {
  const [first] = answers;
  const good = answers.find(({ said }) => whyUnfit(said, USUAL_CHECKS, request) === undefined);
  if (good) return { chosen: good, why: `${nameOf(good)}: the first answer that was good` };
  return { chosen: first, why: `${nameOf(first)}: no answer was good, and it is the first in order` };
}

async function decideByJudge(deps: CompoundDeps, answers: Deciding["answers"], asking: Asking): Promise<Decided> {
  const { compound, settlement } = asking;
  const { judge } = compound;
  const [first] = answers;
  if (!judge) return { chosen: first, why: `${nameOf(first)}: there is no judge` };
  // Judges like what stands first: who does so is drawn by the call's id, and can be found again.
  const chance = byName(settlement.callId);
  const shown = answers
    .map((answer, place) => ({ answer, drawn: chance(`${place}`) }))
    .sort((a, b) => a.drawn - b.drawn)
    .map(({ answer }) => answer);
  const { best, lack } = await askForBest(deps, { judge, shown }, asking);
  const chosen = best === undefined ? undefined : shown[best];
  if (chosen) return { chosen, why: `${nameOf(chosen)}: ${judge.target?.id} chose it of ${answers.length}` };
  return { chosen: first, why: `${nameOf(first)}: ${lack}, and it is the first in order` };
}

function nameOf({ running }: Contestant): string {
  return running.log.target;
}
