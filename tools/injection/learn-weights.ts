// Logistic regression over hashed words, by stochastic gradients with a step of its own for each weight (AdaGrad).
import { bucketsAt, BUCKETS, windowsOf } from "../../src/guardrails/detectors/injection/classify-words.ts";
import { readWords } from "../../src/guardrails/detectors/words/read-words.ts";
import { createRoll } from "./fill-parts.ts";

export interface Example {
  text: string;
  isAttack: boolean;
  weight: number;
}

interface Row {
  buckets: Int32Array;
  length: number;
  target: number;
  weight: number;
}

export interface LearningSettings {
  windowWords: number;
  rounds: number;
  rate: number;
  /** What pulls weights back to nought. */
  decay: number;
}

export interface Learned {
  bias: number;
  weights: Float64Array;
}

export function learnWeights(examples: readonly Example[], settings: LearningSettings): Learned {
  const rows = examples.flatMap((example) => rowsOf(example, settings.windowWords));
  const weights = new Float64Array(BUCKETS);
  const squares = new Float64Array(BUCKETS).fill(1e-6);
  let bias = 0;
  let biasSquares = 1e-6;
  const roll = createRoll();
  for (let round = 0; round < settings.rounds; round++) {
    shuffle(rows, roll);
    for (const { buckets, length, target, weight } of rows) {
      const share = 1 / Math.sqrt(length);
      let sum = 0;
      for (const bucket of buckets) sum += weights[bucket] ?? 0;
      const error = (1 / (1 + Math.exp(-(bias + sum * share))) - target) * weight;
      for (const bucket of buckets) {
        const gradient = error * share + settings.decay * (weights[bucket] ?? 0);
        squares[bucket] = (squares[bucket] ?? 0) + gradient * gradient;
        weights[bucket] = (weights[bucket] ?? 0) - (settings.rate * gradient) / Math.sqrt(squares[bucket] ?? 1);
      }
      biasSquares += error * error;
      bias -= (settings.rate * error) / Math.sqrt(biasSquares);
    }
  }
  return { bias, weights };
}

/** A row for each window; an attack counts once, however long it is. */
function rowsOf({ text, isAttack, weight }: Example, windowWords: number): Row[] {
  const words = readWords(text);
  const windows = windowsOf(words.count, windowWords);
  return windows.map(([first, end]) => {
    const buckets: number[] = [];
    for (let index = first; index < end; index++) buckets.push(...bucketsAt(words, index));
    const part = isAttack ? weight / windows.length : weight;
    return { buckets: Int32Array.from(buckets), length: end - first, target: isAttack ? 1 : 0, weight: part };
  });
}

function shuffle(rows: Row[], roll: () => number): void {
  for (let place = rows.length - 1; place > 0; place--) {
    const other = Math.floor(roll() * (place + 1));
    const kept = rows[place];
    const moved = rows[other];
    if (kept === undefined || moved === undefined) continue;
    rows[place] = moved;
    rows[other] = kept;
  }
}
