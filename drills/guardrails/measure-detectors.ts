// `node_modules/.bin/bun drills/guardrails/measure-detectors.ts`: recall, precision and false alarms of each detector on the public data
// in ../shared/datasets, as docs/guide/guardrails-detection.md shows them.
import { join } from "node:path";
import { createDetectors, detectorsConfigSchema } from "../../src/guardrails/detectors/index.ts";
import { createRoll } from "../../tools/injection/fill-parts.ts";
import { datasetsFolder } from "./data/injection-texts.ts";
import { readMarkedTexts } from "./data/pii-texts.ts";
import { type AttackRates, attackRates, setsOfTexts } from "./rates/attack-rates.ts";
import { type FalseAlarms, falseAlarms, numbersByChance } from "./rates/false-alarms.ts";
import { type KindRates, piiRates } from "./rates/pii-rates.ts";

export interface DetectorRates {
  pii: KindRates[];
  attacks: AttackRates[];
  falseAlarms: FalseAlarms[];
}

const NUMBERS = 10_000;

/** Undefined where the data are not there. */
export async function measureDetectors(repository: string): Promise<DetectorRates | undefined> {
  const folder = datasetsFolder(repository);
  if (folder === undefined) return undefined;
  const detectors = createDetectors(detectorsConfigSchema.parse({}));
  const named = (...names: string[]) => detectors.filter(({ name }) => names.includes(name));
  const sets = await setsOfTexts(folder);
  const benign = sets
    .filter(({ isAttack, side }) => !isAttack && side === "input")
    .map(({ set, texts }) => ({ on: set, texts }));
  const numbers = { on: "numbers by chance", texts: numbersByChance(NUMBERS, createRoll()) };
  return {
    pii: piiRates(named("pii", "names"), readMarkedTexts(folder)),
    attacks: attackRates(sets),
    falseAlarms: [
      ...falseAlarms(named("pii"), [...benign, numbers]),
      ...falseAlarms(named("secrets", "content", "child_safe"), benign),
    ],
  };
}

export function tablesOf({ pii, attacks, falseAlarms: alarms }: DetectorRates): string {
  const thresholds = attacks[0]?.told.map(({ threshold }) => threshold) ?? [];
  return [
    tableOf(
      ["kind", "marks", "recall", "precision", "covered"],
      pii
        .filter(({ marks }) => marks > 0)
        .map(({ kind, marks, recall, precision, covered }) => [
          kind,
          `${marks}`,
          percent(recall),
          percent(precision),
          percent(covered),
        ]),
    ),
    tableOf(
      ["set", "texts", ...thresholds],
      attacks.map(({ set, isAttack, texts, told }) => [
        `${set}, ${isAttack ? "attacks" : "harmless"}`,
        `${texts}`,
        ...told.map(({ share }) => percent(share)),
      ]),
    ),
    tableOf(
      ["detector", "on", "texts", "told"],
      alarms.map(({ detector, on, texts, share }) => [detector, on, `${texts}`, percent(share)]),
    ),
  ].join("\n\n");
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

if (import.meta.main) {
  const rates = await measureDetectors(join(import.meta.dirname, "../.."));
  console.log(rates === undefined ? "../shared/datasets is not there: nothing to measure with" : tablesOf(rates));
}
