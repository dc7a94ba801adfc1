// Whether two answers say the same: word for word, or nearly, by their vectors. A rough judgement, which knows nothing of what is true.
import { type Embedder, similarity } from "../../../embedding/index.ts";
import { type DialectName, readConversation } from "../../../providers/index.ts";
import type { KeptAnswer } from "../kept-answer.ts";

/** Undefined where it cannot be told: an answer without a text, or too long a one. */
export async function saysTheSame(
  one: string | undefined,
  other: string | undefined,
  { embedder, at }: { embedder: Pick<Embedder, "embed">; at: number },
): Promise<boolean | undefined> {
  if (!one || !other) return undefined;
  if (normalise(one) === normalise(other)) return true;
  const [first, second] = await embedder.embed([one, other]).catch(() => []);
  return first && second && similarity(first, second) >= at;
}

function normalise(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[\s\p{P}]+/gu, " ")
    .trim();
}

/** What a kept answer says; undefined where it calls a tool, or says nothing. */
export function textOf({ body, figures }: KeptAnswer, dialect: DialectName): string | undefined {
  const { media_type: mediaType } = figures;
  const response = typeof body === "string" ? Buffer.from(body) : body;
  const stored = { dialect, model: figures.answer.model, stream: false, request: undefined, response, mediaType };
  const said = readConversation(stored).at(-1);
  return said && said.tool_calls.length === 0 && said.text !== "" ? said.text : undefined;
}
