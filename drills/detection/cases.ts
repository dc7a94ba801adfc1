// What is changed in the traffic, one thing each, and the figure that should tell of it.
import type { Injection } from "./traffic.ts";

export interface Case {
  name: string;
  /** Alarms of these count as its detection. */
  figures: readonly string[];
  change: Omit<Injection, "fromHour">;
}

export const cases: readonly Case[] = [
  { name: "answers 10 % longer", figures: ["output_tokens"], change: { outputFactor: 1.1 } },
  { name: "answers 20 % longer", figures: ["output_tokens"], change: { outputFactor: 1.2 } },
  { name: "answers 50 % longer", figures: ["output_tokens"], change: { outputFactor: 1.5 } },
  { name: "requests 50 % longer", figures: ["input_tokens"], change: { inputFactor: 1.5 } },
  { name: "refusals 1 % → 5 %", figures: ["refusals"], change: { refusals: 0.05 } },
  { name: "cut answers 5 % → 15 %", figures: ["finish_reasons"], change: { cutShare: 0.15 } },
  { name: "tool calls 20 % → 30 %", figures: ["tool_calls", "finish_reasons"], change: { toolShare: 0.3 } },
  { name: "latency +20 %", figures: ["ms_per_token", "first_token_ms"], change: { latencyFactor: 1.2 } },
  { name: "a tenth of the words others", figures: ["answer_words"], change: { newWords: 0.1 } },
  { name: "a third of the words others", figures: ["answer_words"], change: { newWords: 0.33 } },
  { name: "another model version", figures: ["answer_model"], change: { version: "model-2026-11-01" } },
];

/** In calls that were recorded with real vendors and are made again. */
export const replayedCases: readonly Case[] = [
  { name: "answers 20 % longer", figures: ["output_tokens"], change: { outputFactor: 1.2 } },
  { name: "answers 50 % longer", figures: ["output_tokens"], change: { outputFactor: 1.5 } },
  { name: "requests 50 % longer", figures: ["input_tokens"], change: { inputFactor: 1.5 } },
  { name: "5 % refusals", figures: ["refusals", "answer_words"], change: { refusals: 0.05 } },
  { name: "10 % cut answers", figures: ["finish_reasons"], change: { cutShare: 0.1 } },
  { name: "latency +20 %", figures: ["ms_per_token", "first_token_ms"], change: { latencyFactor: 1.2 } },
  {
    name: "a fifth answered by another vendor",
    figures: ["answer_model", "answer_words", "output_tokens", "input_tokens", "finish_reasons"],
    change: { otherVendor: 0.2 },
  },
  {
    name: "all answered by another vendor",
    figures: ["answer_model", "answer_words", "output_tokens", "input_tokens", "finish_reasons"],
    change: { otherVendor: 1 },
  },
  { name: "another model version", figures: ["answer_model"], change: { version: "model-2026-11-01" } },
];
