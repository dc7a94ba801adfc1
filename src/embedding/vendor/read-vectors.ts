// An embeddings answer in OpenAI's format, into which all vendors' are translated.
import { z } from "zod";
import { atLengthOne } from "../similarity.ts";

const answerSchema = z.object({
  data: z.array(z.object({ index: z.number().int().optional(), embedding: z.array(z.number()) })),
});

/** In the order of the texts, of length one; undefined where one is missing, or of another length than the others. */
export function readVectors(text: string, count: number): Float32Array[] | undefined {
  const read = answerSchema.safeParse(JSON.parse(text));
  if (!read.success) return undefined;
  const vectors = new Map<number, Float32Array>();
  for (const [place, { index = place, embedding }] of read.data.data.entries()) {
    const vector = atLengthOne(embedding);
    if (vector) vectors.set(index, vector);
  }
  const inOrder = Array.from({ length: count }, (_, place) => vectors.get(place));
  const length = inOrder[0]?.length;
  return inOrder.every((each) => each !== undefined && each.length === length)
    ? (inOrder as Float32Array[])
    : undefined;
}
