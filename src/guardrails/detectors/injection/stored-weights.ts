// Weights as they are kept in a file, and as they are reckoned with.
import { BUCKETS, type Weights } from "./classify-words.ts";

export interface StoredWeights {
  bias: number;
  scale: number;
  window: number;
  /** One signed byte a bucket. */
  base64: string;
}

export function weightsFrom({ bias, scale, window, base64 }: StoredWeights): Weights {
  const buckets = new Int8Array(BUCKETS);
  buckets.set(new Int8Array(Buffer.from(base64, "base64")));
  return { bias, scale, window, buckets };
}
