// Lists that senders spread over many attributes, an index in the middle of each name.

/** By list: what stands before the index. */
export const listPrefixes = {
  gen_ai_prompt: "gen_ai.prompt.",
  gen_ai_completion: "gen_ai.completion.",
  input_messages: "llm.input_messages.",
  output_messages: "llm.output_messages.",
  prompts: "llm.prompts.",
  documents: "retrieval.documents.",
  reranker_input: "reranker.input_documents.",
  reranker_output: "reranker.output_documents.",
  embeddings: "embedding.embeddings.",
  evaluations: "evaluations.",
  annotations: "annotations.",
} as const;

export type ListName = keyof typeof listPrefixes;

const entries = Object.entries(listPrefixes) as [ListName, string][];

/** An index above this is nobody's; a hostile one would make a list of that length. */
const INDEX_MAX = 100_000;

export function listNameOf(name: string): { list: ListName; index: number; path: string } | undefined {
  // Most names are none of these, and end here.
  const first = name.charCodeAt(0);
  if (first !== G && first !== L && first !== R && first !== E && !name.startsWith("an")) return undefined;
  for (const [list, prefix] of entries) {
    if (!name.startsWith(prefix)) continue;
    const dot = name.indexOf(".", prefix.length);
    const end = dot === -1 ? name.length : dot;
    const index = Number(name.slice(prefix.length, end));
    if (!Number.isInteger(index) || index < 0 || index > INDEX_MAX || end === prefix.length) return undefined;
    return { list, index, path: name.slice(end + 1) };
  }
  return undefined;
}

const G = 103;
const L = 108;
const R = 114;
const E = 101;
