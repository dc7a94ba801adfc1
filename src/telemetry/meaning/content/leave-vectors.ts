// Vectors of embeddings are thousands of numbers that nobody reads in a trace: they are left out of the record, which says so.
import type { Said } from "../names/said.ts";
import type { Body } from "./read-content.ts";

/** What was embedded, where no other attribute says it. */
export function embeddedTexts(said: Said): Body | undefined {
  const texts = said.list("embeddings").flatMap(({ path, value }) => (path.endsWith("text") ? [value] : []));
  return texts.length === 0 ? undefined : { media_type: "application/json", content: JSON.stringify(texts) };
}

/** Gives the names of what was left out, for the record's `cut`. The texts that were embedded are the request. */
export function leaveVectors(said: Said): string[] {
  const left: string[] = [];
  for (const { name, path } of said.list("embeddings")) {
    if (path.endsWith("vector")) left.push(`attributes.${name}`);
    said.drop(name);
  }
  for (const name of ["ai.embedding", "ai.embeddings", "embedding.vector"])
    if (said.get(name) !== undefined) {
      left.push(`attributes.${name}`);
      said.drop(name);
    }
  return left.slice(0, NAMES_MAX);
}

const NAMES_MAX = 20;
