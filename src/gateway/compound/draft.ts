// Tiers: each target's answer is held until it has passed what the route states; where it does not pass, the next is asked. The
// last one's answer is given as it comes.
import type { RunningAttempt } from "../attempt.ts";
import { gatewayErrors } from "../errors.ts";
import type { DraftSpec } from "../routing/language/compound.ts";
import { type Plan, type PlannedAttempt, repeatInTurn } from "../routing/plan-shape.ts";
import type { CallerRequest } from "../../providers/index.ts";
import { whyUnfit } from "./accept/check-answer.ts";
import { type Inner, startInner } from "./ask-whole.ts";
import type { Asking, CompoundDeps } from "./asking.ts";
import { askForGrade } from "./judge/ask-judge.ts";
import { readSaid } from "./read-said.ts";

interface Drafting {
  spec: DraftSpec;
  passOn(plan: Plan): Promise<RunningAttempt>;
}

/** Throws what the last of them fails with, and `gateway.caller_gone`. */
export async function askDrafts(deps: CompoundDeps, drafting: Drafting, asking: Asking): Promise<RunningAttempt> {
  const { spec, passOn } = drafting;
  const { compound, incoming, plan, bill, hangUp } = asking;
  const drafts = compound.members.slice(0, -1);
  const last = compound.members.at(-1);
  if (!last) throw new Error("a plan without attempts");
  const isHurried = incoming.request.stream && !spec.holdsStreams;
  const passedOver: string[] = isHurried ? ["streams go to the last target at once"] : [];
  for (const planned of isHurried ? [] : drafts) {
    const request = withLogprobs(incoming.request, spec);
    const inner = await startInner(deps, { planned, request, role: "draft" }, asking).done;
    const verdict = hangUp.aborted ? undefined : await judgeDraft(deps, { inner, spec }, asking);
    if (hangUp.aborted) throw gatewayErrors.caller_gone({});
    inner.log.verdict = verdict === undefined ? "accepted" : `not accepted: ${verdict}`;
    if (verdict === undefined && inner.running) {
      bill.given(inner.log, `${planned.target.id}: its answer was accepted`);
      return inner.running;
    }
    passedOver.push(`that of ${planned.target.id} was not accepted`);
  }
  const running = await passOn({ ...plan, compound: undefined, attempts: tries(last, deps.config.attempts_max) });
  running.log.role = "final";
  const why = passedOver.length === 0 ? "it is the only one that could be asked" : passedOver.join(", and ");
  bill.passedOn(running.log, `${last.target.id}: ${why}`);
  return running;
}

/** Why it is not accepted; undefined where it is. */
async function judgeDraft(
  deps: CompoundDeps,
  { inner, spec }: { inner: Inner; spec: DraftSpec },
  asking: Asking,
): Promise<string | undefined> {
  if (!inner.running) return `it failed, ${inner.error.code}`;
  const { request } = asking.incoming;
  const said = readSaid(inner.running, request);
  const why = whyUnfit(said, spec.accept, request);
  const { judge } = asking.compound;
  if (why !== undefined || !spec.judge || !judge) return why;
  const { grade, lack } = await askForGrade(deps, { judge, said }, asking);
  if (lack !== undefined) return lack;
  const { threshold } = spec.judge;
  return grade >= threshold ? undefined : `${judge.target?.id} gives it ${grade} of 1, and ${threshold} is needed`;
}

/** In chat-completions' words; callers of other dialects must ask for them by themselves. */
function withLogprobs(request: CallerRequest, { accept }: DraftSpec): CallerRequest {
  if (accept.min_mean_logprob === undefined || request.dialect !== "openai-chat") return request;
  const body = JSON.parse(request.text) as Record<string, unknown>;
  return body["logprobs"] === true ? request : { ...request, text: JSON.stringify({ ...body, logprobs: true }) };
}

function tries({ target, reason }: PlannedAttempt, attemptsMax: number): PlannedAttempt[] {
  return repeatInTurn([{ target }], attemptsMax).map((attempt, index) =>
    index === 0 ? { ...attempt, reason } : attempt,
  );
}
