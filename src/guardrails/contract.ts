// What looks at texts, and what it finds: the face between the pipeline of guardrails and its detectors. Pure.

/** Where a text stands in a call. */
export const sides = ["input", "output", "tool_arguments", "tool_result", "retrieved"] as const;
export type Side = (typeof sides)[number];

export interface Finding {
  kind: string;
  /** In UTF-16 units of the text. What concerns the text as a whole spans all of it. */
  start: number;
  end: number;
  /** From 0 to 1: how sure. */
  score: number;
  detector: string;
  /** For people, without what was found. */
  why: string;
}

export interface FindContext {
  side: Side;
  /** No more of this text will come: what would be a match if the text ended here is one. */
  isFinal: boolean;
}

/** Synchronous, pure, and linear in the length of the text. */
export interface Detector {
  name: string;
  /** Categories that it can find, such as `email`, `card`, `secret`, `injection`, `topic`. */
  kinds: readonly string[];
  /** How many characters before and after a match must be at hand: what streams hold back. */
  reach: number;
  find(text: string, context: FindContext): Finding[];
}

/** One that asks somebody else: an HTTP service, a model. */
export interface AsyncDetector {
  name: string;
  kinds: readonly string[];
  reach: number;
  find(text: string, context: FindContext, signal: AbortSignal): Promise<Finding[]>;
}
