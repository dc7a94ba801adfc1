// Which share of the texts of a set the detector of attacks tells, at several thresholds of its classifier; on texts only that were
// held back from its learning.
import type { Side } from "../../../src/guardrails/contract.ts";
import { createDetectors, detectorsConfigSchema } from "../../../src/guardrails/detectors/index.ts";
import { isHeldBack, type Labelled, putInto, readDirect, readIndirect } from "../data/injection-texts.ts";
import { readQuestions } from "../data/pii-texts.ts";

export interface SetOfTexts {
  set: string;
  isAttack: boolean;
  side: Side;
  texts: string[];
}

export interface AttackRates {
  set: string;
  isAttack: boolean;
  texts: number;
  /** By threshold: the share that is told. */
  told: { threshold: string; share: number }[];
}

/** Of the classifier. `rules` is the rules alone. */
const THRESHOLDS = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95];
const QUESTIONS = 4000;

export async function setsOfTexts(folder: string): Promise<SetOfTexts[]> {
  const direct = (await readDirect(folder)).filter(({ text }) => isHeldBack(text));
  return [...directSets(direct), ordinaryQuestions(folder), ...indirectSets(folder)];
}

function directSets(texts: readonly Labelled[]): SetOfTexts[] {
  const names = [...new Set(texts.map(({ set, isAttack }) => `${set} ${isAttack}`))];
  return names.map((name) => {
    const own = texts.filter(({ set, isAttack }) => `${set} ${isAttack}` === name);
    return {
      set: own[0]?.set ?? "",
      isAttack: own[0]?.isAttack === true,
      side: "input",
      texts: own.map(({ text }) => text),
    };
  });
}

function ordinaryQuestions(folder: string): SetOfTexts {
  return { set: "ordinary questions", isAttack: false, side: "input", texts: readQuestions(folder, QUESTIONS) };
}

/** Orders of kinds that were not learnt from, in documents that were not. */
function indirectSets(folder: string): SetOfTexts[] {
  const { documents, attacks } = readIndirect(folder);
  return ["bipia-email", "bipia-code"].flatMap((set) => {
    const clean = documents.filter(({ text, set: own }) => own === set && isHeldBack(text)).map(({ text }) => text);
    const orders = attacks.filter(({ set: own, isHeldBack: held }) => own === set && held);
    const attacked = orders.flatMap(({ text }, place) =>
      [0, 1, 2].map((turn) => putInto(clean[(place * 3 + turn) % clean.length] ?? "", text, turn)),
    );
    return [
      { set, isAttack: true, side: "tool_result" as const, texts: attacked },
      { set, isAttack: false, side: "tool_result" as const, texts: clean },
    ];
  });
}

export function attackRates(sets: readonly SetOfTexts[]): AttackRates[] {
  const detectors = [1.01, ...THRESHOLDS].map((threshold) => ({
    threshold: threshold > 1 ? "rules" : String(threshold),
    detector: injectionAt(threshold),
  }));
  return sets.map(({ set, isAttack, side, texts }) => ({
    set,
    isAttack,
    texts: texts.length,
    told: detectors.map(({ threshold, detector }) => ({
      threshold,
      share: texts.filter((text) => detector.find(text, { side, isFinal: true }).length > 0).length / texts.length,
    })),
  }));
}

function injectionAt(threshold: number) {
  const injection = { direct_min: threshold, indirect_min: threshold, score_min: Math.min(threshold, 0.7) };
  const [found] = createDetectors(detectorsConfigSchema.parse({ injection })).filter(
    ({ name }) => name === "injection",
  );
  if (found === undefined) throw new Error("there is no detector of attacks");
  return found;
}
