// How good and how quick the classifier of complexity is: on labelled prompts against tossing a coin, and in CPU time.
import type { ChatRequest } from "../../src/providers/contract.ts";
import { complexityOf } from "../../src/gateway/routing/facts/complexity.ts";
import type { LabelledPrompt } from "./labelled-prompts.ts";

export interface Outcome {
  upTo: number;
  /** The share of prompts that goes to the large model. */
  toLarge: number;
  /** The share that is answered right. */
  right: number;
  /** The same when as many go to the large model, drawn by lot. */
  rightByLot: number;
}

export const THRESHOLDS = [0.1, 0.2, 0.3, 0.4, 0.5];
/** Among these one is chosen: the best against the lot. */
const CHOICES = Array.from({ length: 12 }, (_, place) => (place + 1) / 20);

/** Chosen on every second prompt; told of the others. */
export function judgeHeldOut(prompts: readonly LabelledPrompt[]): Outcome | undefined {
  const [choosing, told] = [0, 1].map((half) => prompts.filter((_, place) => place % 2 === half));
  const gain = ({ right, rightByLot }: Outcome): number => right - rightByLot;
  const [best] = judgeThresholds(choosing ?? [], CHOICES).toSorted((one, other) => gain(other) - gain(one));
  return best && judgeThresholds(told ?? [], [best.upTo])[0];
}

export function judgeThresholds(prompts: readonly LabelledPrompt[], thresholds = THRESHOLDS): Outcome[] {
  const scored = prompts.map((each) => ({ ...each, score: complexityOf(requestOf(each.prompt)) }));
  const shareOf = (isRight: (each: (typeof scored)[number]) => boolean): number =>
    scored.filter(isRight).length / scored.length;
  const small = shareOf(({ smallIsRight }) => smallIsRight);
  const large = shareOf(({ largeIsRight }) => largeIsRight);
  return thresholds.map((upTo) => {
    const toLarge = shareOf(({ score }) => score > upTo);
    return {
      upTo,
      toLarge,
      right: shareOf((each) => (each.score > upTo ? each.largeIsRight : each.smallIsRight)),
      rightByLot: small + (large - small) * toLarge,
    };
  });
}

const ROUNDS = 2000;
/** Longer than what it reads. */
const LONG = "Prove that f must hold for all 12 cases, and if not, why 2 + 2 = 4 does. ".repeat(200);

/** Microseconds of CPU for one long prompt. */
export function timeClassifier(): number {
  const request = requestOf(LONG);
  for (let round = 0; round < ROUNDS; round += 1) complexityOf(request);
  const before = process.cpuUsage();
  for (let round = 0; round < ROUNDS; round += 1) complexityOf(request);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / ROUNDS;
}

function requestOf(text: string): ChatRequest {
  return {
    model: "m",
    dialect: "openai-chat",
    stream: false,
    messages: [{ role: "user", parts: [{ type: "text", text }] }],
  };
}
