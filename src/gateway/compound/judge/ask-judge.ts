// Asks a judge. Whatever goes wrong with it is told as a reason, never thrown: a judge that fails must not fail the call.
import type { AppError } from "../../../kernel/index.ts";
import { gatewayErrors } from "../../errors.ts";
import type { RunningAttempt } from "../../attempt.ts";
import type { Judge } from "../../routing/plan-shape.ts";
import type { CallerRequest, Target } from "../../../providers/index.ts";
import { readRequest } from "../../../providers/index.ts";
import type { Message } from "../../../providers/contract.ts";
import { startInner } from "../ask-whole.ts";
import type { Asking, CompoundDeps } from "../asking.ts";
import { readSaid, type Said } from "../read-said.ts";
import { choiceRequest, gradeRequest, LETTERS, readChoice, readGrade } from "./judge-request.ts";

export interface Contestant {
  running: RunningAttempt;
  said: Said;
}

/** The best of them, by their place in the order in which they are shown; else why there is none. */
export type Judgement = { best: number; lack?: undefined } | { best?: undefined; lack: string };

/** Asks which of them is best. */
export async function askForBest(
  deps: CompoundDeps,
  { judge, shown }: { judge: Judge; shown: readonly Contestant[] },
  asking: Asking,
): Promise<Judgement> {
  if (!judge.target) return { lack: `${judge.name} was not asked, ${judge.lack}` };
  const answers = shown.map(({ said }) => textOf(said));
  const request = choiceRequest(judge.target, { question: questionOf(asking.incoming.request), answers });
  const reply = await ask(deps, { target: judge.target, request }, asking);
  if (reply.lack !== undefined) return { lack: reply.lack };
  const best = readChoice(reply.text, answers.length);
  const key = shown.map(({ running }, place) => `${LETTERS[place]} ${running.log.target}`).join(", ");
  reply.log.verdict = `it replied ${JSON.stringify(reply.text.slice(0, REPLY_LENGTH_MAX))}; ${key}`;
  return best === undefined ? { lack: `${judge.target.id} replied with no letter of theirs` } : { best };
}

/** From 0 to 1; else why there is none. */
export type Graded = { grade: number; lack?: undefined } | { grade?: undefined; lack: string };

/** Asks how good an answer is. */
export async function askForGrade(
  deps: CompoundDeps,
  { judge, said }: { judge: Judge; said: Said },
  asking: Asking,
): Promise<Graded> {
  if (!judge.target) return { lack: `${judge.name} was not asked, ${judge.lack}` };
  const judged = { question: questionOf(asking.incoming.request), answers: [textOf(said)] };
  const reply = await ask(deps, { target: judge.target, request: gradeRequest(judge.target, judged) }, asking);
  if (reply.lack !== undefined) return { lack: reply.lack };
  const grade = readGrade(reply.text);
  reply.log.verdict = `it replied ${JSON.stringify(reply.text.slice(0, REPLY_LENGTH_MAX))}`;
  return grade === undefined ? { lack: `${judge.target.id} replied with no number up to 100` } : { grade };
}

const REPLY_LENGTH_MAX = 200;

async function ask(
  deps: CompoundDeps,
  { target, request }: { target: Target; request: CallerRequest },
  asking: Asking,
) {
  const planned = { target, reason: "the route's judge" };
  // What its dialect cannot say of our own words matters to nobody.
  const own = { ...asking, incoming: { ...asking.incoming, isStrict: false } };
  const underWay = startInner(deps, { planned, request, role: "judge" }, own);
  const { spec } = asking.compound;
  const timeoutMs = spec.kind === "ensemble" ? spec.timeoutMs : undefined;
  const late = timeoutMs === undefined ? undefined : setTimeout(() => underWay.letGo(tooLate()), timeoutMs);
  const { running, log, error } = await underWay.done;
  clearTimeout(late);
  if (!running) return { lack: `${target.id} failed: ${error.code}` };
  return { text: readSaid(running, request).text, log };
}

const tooLate = (): AppError => gatewayErrors.not_needed({});

function textOf({ text, refusal, toolCalls }: Said): string {
  const calls = toolCalls.map(({ name, arguments: said }) => `[calls ${name} with ${said}]`);
  return [text, refusal, ...calls].filter((part) => part !== "").join("\n");
}

/** The conversation as people read it; of what cannot be read, the request as it came. */
function questionOf(request: CallerRequest): string {
  try {
    return readRequest(request).messages.map(describe).join("\n\n");
  } catch {
    return request.text;
  }
}

function describe({ role, parts, tool_calls: calls = [] }: Message): string {
  const said = parts.map((part) => ("text" in part ? part.text : `[${part.type}]`));
  return [
    `${role}: ${said.join("\n")}`,
    ...calls.map(({ name, arguments: text }) => `[calls ${name} with ${text}]`),
  ].join("\n");
}
