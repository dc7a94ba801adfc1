// What vectors are for, in Cohere's words; others borrow them.
import type { InputType } from "./contract.ts";

const TYPES = new Map<string, InputType>([
  ["search_query", "query"],
  ["search_document", "document"],
  ["classification", "classification"],
  ["clustering", "clustering"],
  ["image", "image"],
]);

/** Cohere must be told; where it has no word, the nearest. */
const WORDS = {
  query: "search_query",
  document: "search_document",
  classification: "classification",
  clustering: "clustering",
  image: "image",
  question_answering: "search_query",
  fact_verification: "search_query",
  code_query: "search_query",
  similarity: "clustering",
} as const satisfies Record<InputType, string>;

/** Undefined for what is none of Cohere's words; `query` and `document` serve too, as Voyage has them. */
export function inputTypeFromCohere(word: string): InputType | undefined {
  return TYPES.get(word) ?? (word === "query" || word === "document" ? word : undefined);
}

/** `isExact` is false where Cohere has no such word, and the nearest was taken. */
export function cohereInputType(type: InputType): { word: string; isExact: boolean } {
  return { word: WORDS[type], isExact: TYPES.get(WORDS[type]) === type };
}
