// The public texts with which detectors of attacks are trained and measured, from ../shared/datasets; never copied into the project.
// A text is held back from training by its own hash, so that the same are held back whoever asks.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parquetReadObjects } from "hyparquet";
import { z } from "zod";

export interface Labelled {
  text: string;
  isAttack: boolean;
  set: string;
}

export interface InjectionTexts {
  /** What callers send. */
  direct: Labelled[];
  /** What tools and searches return: documents, with and without an order put in. */
  indirect: Labelled[];
}

/** In tenths of all texts. */
const HELD_BACK = 3;

export function isHeldBack(text: string): boolean {
  return (createHash("sha256").update(text.trim().toLowerCase()).digest()[0] ?? 0) % 10 < HELD_BACK;
}

/** Beside the repository. */
export function datasetsFolder(repository: string): string | undefined {
  const found = [join(repository, "../shared/datasets"), "/work/shared/datasets"].find((path) => existsSync(path));
  return found;
}

const deepsetRow = z.object({ text: z.string(), label: z.coerce.number() });
const attackRow = z.object({ user_input: z.string() });
const refusalRow = z.object({ mutated_prompt: z.string() });
const triggerRow = z.object({ prompt: z.string() });

export async function readDirect(folder: string): Promise<Labelled[]> {
  const json = (name: string): unknown => JSON.parse(readFileSync(join(folder, "injection", name), "utf8"));
  const parquet = readFileSync(join(folder, "injection/deepset-train.parquet"));
  const file = parquet.buffer.slice(parquet.byteOffset, parquet.byteOffset + parquet.byteLength);
  const deepset = z.array(deepsetRow).parse(await parquetReadObjects({ file: file as ArrayBuffer }));
  const attacks = z.array(attackRow).parse(json("purplellama-prompt-injection.json"));
  const refusals = z.array(refusalRow).parse(json("purplellama-false-refusal.json"));
  const triggers = ["notinject-one.json", "notinject-two.json"].flatMap((name) =>
    z.array(triggerRow).parse(json(name)),
  );
  return [
    ...deepset.map(({ text, label }) => ({ text, isAttack: label === 1, set: "deepset" })),
    ...attacks.map((row) => ({ text: row.user_input, isAttack: true, set: "purplellama" })),
    ...refusals.map((row) => ({ text: row.mutated_prompt, isAttack: false, set: "false-refusal" })),
    ...triggers.map(({ prompt }) => ({ text: prompt, isAttack: false, set: "notinject" })),
  ];
}

const emailRow = z.object({ context: z.string() });
const codeRow = z.object({ context: z.array(z.string()) });
const attacksByKind = z.record(z.string(), z.array(z.string()));

export interface IndirectParts {
  documents: { text: string; set: string }[];
  /** Held back by kind, not by text: how it does on kinds of orders that it has never seen. */
  attacks: { text: string; kind: string; set: string; isHeldBack: boolean }[];
}

export function readIndirect(folder: string): IndirectParts {
  const lines = (name: string): unknown[] =>
    readFileSync(join(folder, "injection", name), "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as unknown);
  const emails = z.array(emailRow).parse(lines("bipia-email-train.jsonl"));
  const code = z.array(codeRow).parse(lines("bipia-code-train.jsonl"));
  const kinds = (name: string) =>
    attacksByKind.parse(JSON.parse(readFileSync(join(folder, "injection", name), "utf8")));
  const listed = (name: string, set: string) =>
    Object.entries(kinds(name)).flatMap(([kind, texts], place) =>
      texts.map((text) => ({ text, kind, set, isHeldBack: place % 3 === 2 })),
    );
  return {
    documents: [
      ...emails.map(({ context }) => ({ text: context, set: "bipia-email" })),
      ...code.map(({ context }) => ({ text: context.join("\n"), set: "bipia-code" })),
    ],
    attacks: [
      ...listed("bipia-text_attack_train.json", "bipia-email"),
      ...listed("bipia-code_attack_train.json", "bipia-code"),
    ],
  };
}

/** An order at the end of a document, in its middle or at its beginning, in turn. */
export function putInto(document: string, attack: string, turn: number): string {
  if (turn % 3 === 0) return `${document}\n${attack}`;
  if (turn % 3 === 1) return `${attack}\n${document}`;
  const middle = document.indexOf(" ", Math.floor(document.length / 2));
  return middle < 0 ? `${document} ${attack}` : `${document.slice(0, middle)} ${attack}${document.slice(middle)}`;
}
