// Public prompts of which it is known whether a small and a large model answered right: the benchmark answers in a checkout of
// github.com/lm-sys/RouteLLM (Mixtral 8x7B and GPT-4, on GSM8K and MMLU).
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

export interface LabelledPrompt {
  prompt: string;
  smallIsRight: boolean;
  largeIsRight: boolean;
  /** The file that it is from. */
  subject: string;
}

/** Throws when they are not there. */
export function readLabelledPrompts(checkout: string): LabelledPrompt[] {
  const folder = join(checkout, "routellm/evals");
  const responses = join(folder, "mmlu/responses");
  if (!existsSync(responses)) throw new Error(`${checkout} is not a checkout of RouteLLM: there is no ${responses}`);
  const files = readdirSync(responses).map((name) => join(responses, name));
  return [join(folder, "gsm8k/gsm8k_responses.csv"), ...files].flatMap((path) =>
    readTable(readFileSync(path, "utf8"), basename(path, ".csv")),
  );
}

/** The first three columns: the prompt, and whether each model was right. */
export function readTable(text: string, subject = ""): LabelledPrompt[] {
  return readCsv(text)
    .slice(1)
    .flatMap(([prompt, small, large]) =>
      prompt === undefined || large === undefined
        ? []
        : [{ prompt, smallIsRight: small === "True", largeIsRight: large === "True", subject }],
    );
}

function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  // A cell in quotation marks, where two of them stand for one, or a bare one; then what ends it.
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? bare ?? "");
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows.filter((cells) => cells.length > 1);
}
