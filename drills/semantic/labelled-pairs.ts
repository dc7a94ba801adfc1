// Pairs of questions of which people said whether they ask for the same: JSON, plain or gzipped, as in Quora's published
// question pairs: [{ "text_a": …, "text_b": …, "label": 1 | 0 }, …].
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { z } from "zod";

export interface LabelledPair {
  one: string;
  other: string;
  isSame: boolean;
}

const fileSchema = z.array(z.object({ text_a: z.string(), text_b: z.string(), label: z.number() }));

/** Throws when they are not there. */
export function readPairs(path: string): LabelledPair[] {
  if (!existsSync(path)) throw new Error(`there is no ${path}`);
  const bytes = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return fileSchema
    .parse(JSON.parse(text))
    .map(({ text_a, text_b, label }) => ({ one: text_a, other: text_b, isSame: label === 1 }));
}
