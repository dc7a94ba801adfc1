// An embeddings answer in OpenAI's format, taken apart into vectors and put together from them.

export interface Vectors {
  /** Each as JSON, numbers or base64, as it came; in the order of the request. */
  vectors: string[];
  model: unknown;
  usage: unknown;
}

interface AnswerBody {
  data?: { index?: number; embedding?: unknown }[];
  model?: unknown;
  usage?: unknown;
}

/** Undefined when it is not as many as were asked for, each in its place. */
export function readVectors(text: string, count: number): Vectors | undefined {
  const { data, model, usage } = JSON.parse(text) as AnswerBody;
  if (!Array.isArray(data) || data.length !== count) return undefined;
  const vectors: string[] = [];
  for (const [place, { index = place, embedding }] of data.entries())
    if (embedding !== undefined) vectors[index] = JSON.stringify(embedding);
  const isWhole = vectors.length === count && Object.keys(vectors).length === count;
  return isWhole ? { vectors, model, usage } : undefined;
}

const NO_USAGE = { prompt_tokens: 0, total_tokens: 0 };

/** `usage` tells what was used for it now: nothing of the vectors that were kept. */
export function writeVectors({ vectors, model, usage = NO_USAGE }: Vectors): string {
  const data = vectors.map((vector, index) => `{"object":"embedding","index":${index},"embedding":${vector}}`);
  return `{"object":"list","data":[${data.join(",")}],"model":${JSON.stringify(model)},"usage":${JSON.stringify(usage)}}`;
}
