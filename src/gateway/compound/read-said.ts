// What an answer says, whatever the caller's dialect: for comparing it with others, and for checking it.
import { type CallerRequest, readAnswer } from "../../providers/index.ts";
import type { FinishReason } from "../../providers/contract.ts";
import type { RunningAttempt } from "../attempt.ts";

export interface Said {
  text: string;
  /** What it refuses with, where its vendor says that it does. */
  refusal: string;
  toolCalls: readonly { name: string; arguments: string }[];
  finish: FinishReason | undefined;
  /** Of its tokens, as far as they came with it. */
  logprobs: readonly number[];
}

/** Of its first choice. What cannot be read says nothing. */
export function readSaid({ answer, first }: RunningAttempt, { dialect }: CallerRequest): Said {
  const content = answer.kind === "stream" ? first : answer.text;
  try {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    const choice = readAnswer(dialect, bytes, answer.mediaType).choices.get(0);
    if (!choice) return NOTHING;
    const toolCalls = choice.tool_calls.flatMap(({ name, arguments: text }) => [{ name, arguments: text }]);
    const { text, refusal, finish, choice_extra, parts } = choice;
    return { text, refusal, toolCalls, finish: finish?.reason, logprobs: logprobsIn([choice_extra, ...parts]) };
  } catch {
    return NOTHING;
  }
}

const NOTHING: Said = { text: "", refusal: "", toolCalls: [], finish: undefined, logprobs: [] };

/** Every dialect that tells them writes `logprob` or `logProbability` beside each token; alternatives are not counted. */
function logprobsIn(value: unknown): number[] {
  if (Array.isArray(value)) return value.flatMap(logprobsIn);
  if (typeof value !== "object" || value === null) return [];
  const own = "logprob" in value ? value.logprob : "logProbability" in value ? value.logProbability : undefined;
  if (typeof own === "number") return [own];
  return Object.entries(value).flatMap(([name, inner]) => (name.startsWith("top") ? [] : logprobsIn(inner)));
}
