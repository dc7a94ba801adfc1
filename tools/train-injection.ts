// `node_modules/.bin/bun tools/train-injection.ts`: learns the weights of the injection classifier anew, from ../shared/datasets, our
// own sentences and our own documents, and writes them. What is held back from it is what drills/guardrails measures with.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  datasetsFolder,
  isHeldBack,
  putInto,
  readDirect,
  readIndirect,
} from "../drills/guardrails/data/injection-texts.ts";
import { type Example, type Learned, learnWeights, type LearningSettings } from "./injection/learn-weights.ts";
import { ownAttacks } from "./injection/own-attacks.ts";
import { ownRequests } from "./injection/own-requests.ts";

const repository = join(import.meta.dirname, "..");
const OUTPUT = join(repository, "src/guardrails/detectors/injection/learned-weights.ts");
const OWN_COUNT = 1200;

const direct: LearningSettings = { windowWords: 64, rounds: 12, rate: 0.3, decay: 2e-5 };
const indirect: LearningSettings = { windowWords: 8, rounds: 12, rate: 0.3, decay: 2e-5 };

async function main(): Promise<void> {
  const folder = datasetsFolder(repository);
  if (folder === undefined) throw new Error("../shared/datasets is not there: nothing to learn from");
  const directExamples = await directExamplesFrom(folder);
  const indirectExamples = indirectExamplesFrom(folder);
  console.log(`learns from ${directExamples.length} requests and ${indirectExamples.length} documents`);
  const text = [
    "// Written by tools/train-injection.ts: weights of hashed words, one signed byte each, in base64. Not to be edited.",
    'import type { StoredWeights } from "./stored-weights.ts";',
    "",
    `export const directWeights: StoredWeights = ${stored(learnWeights(directExamples, direct), direct)};`,
    "",
    `export const indirectWeights: StoredWeights = ${stored(learnWeights(indirectExamples, indirect), indirect)};`,
    "",
  ].join("\n");
  writeFileSync(OUTPUT, text);
  console.log(`wrote ${OUTPUT}: ${Math.round(text.length / 1024)} KB`);
}

async function directExamplesFrom(folder: string): Promise<Example[]> {
  const given = (await readDirect(folder)).filter(({ text }) => !isHeldBack(text));
  const attacks = given.filter(({ isAttack }) => isAttack);
  const requests = given.filter(({ isAttack }) => !isAttack);
  return [
    ...attacks.map(({ text }) => ({ text, isAttack: true, weight: 2 })),
    ...requests.map(({ text, set }) => ({ text, isAttack: false, weight: set === "false-refusal" ? 1 : 2 })),
    ...ownAttacks(OWN_COUNT).map((text) => ({ text, isAttack: true, weight: 0.5 })),
    ...ownRequests(OWN_COUNT).map((text) => ({ text, isAttack: false, weight: 0.5 })),
    ...ownDocuments().map((text) => ({ text, isAttack: false, weight: 0.3 })),
  ];
}

function indirectExamplesFrom(folder: string): Example[] {
  const { documents, attacks } = readIndirect(folder);
  const known = documents.filter(({ text }) => !isHeldBack(text));
  const learnt = attacks.filter(({ isHeldBack: held }) => !held);
  return [
    ...known.map(({ text }) => ({ text, isAttack: false, weight: 1 })),
    ...ownDocuments().map((text) => ({ text, isAttack: false, weight: 0.5 })),
    ...learnt.map(({ text }) => ({ text, isAttack: true, weight: 1 })),
    ...learnt.map(({ text }, turn) => ({
      text: putInto(lastWords(known[turn % known.length]?.text ?? ""), text, turn),
      isAttack: true,
      weight: 1,
    })),
    ...ownAttacks(OWN_COUNT).map((text) => ({ text, isAttack: true, weight: 0.3 })),
  ];
}

/** Of a document, what shares a window with the order. */
function lastWords(text: string): string {
  return text.split(/\s+/).slice(-8).join(" ");
}

/** Not the pages on guardrails, which speak of attacks. */
function ownDocuments(): string[] {
  const folder = join(repository, "docs/guide");
  const names = readdirSync(folder).filter((name) => name.endsWith(".md") && !name.startsWith("guardrails"));
  const texts = names.map((name) => readFileSync(join(folder, name), "utf8"));
  return texts.flatMap((text) => text.split(/\n{2,}/)).filter((text) => text.length > 80);
}

function stored({ bias, weights }: Learned, { windowWords }: LearningSettings): string {
  const greatest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const scale = greatest / 127;
  const bytes = Int8Array.from(weights, (weight) => Math.round(weight / scale));
  const base64 = Buffer.from(bytes.buffer).toString("base64");
  const lines = [
    `bias: ${Number(bias.toPrecision(6))}`,
    `scale: ${Number(scale.toPrecision(6))}`,
    `window: ${windowWords}`,
  ];
  return `{\n  ${lines.join(",\n  ")},\n  base64:\n    "${base64}",\n}`;
}

await main();
