// The face of a dialect: it says what kind of thing a span is, or leaves that to the next one. What its attributes are called
// stands in one table for all of them, in `names/`.
import type { SpanDialect, SpanKind } from "../../../ledger/contract.ts";
import type { Said } from "../names/said.ts";

export interface SpanSigns {
  said: Said;
  /** The span's name. */
  name: string;
  /** The name of the library that instrumented it. */
  scope: string;
}

export interface Decision {
  kind: SpanKind;
  /** By OpenTelemetry's names; null where the span has none and its kind suggests none. */
  operation: string | null;
}

export interface Dialect {
  name: SpanDialect;
  /** Undefined where the span's attributes are not of this dialect, or do not say. */
  decide(signs: SpanSigns): Decision | undefined;
}

/** The operation that a kind stands for where a span does not name one. */
export const operationOf: Readonly<Record<SpanKind, string | null>> = {
  call: "chat",
  embedding: "embeddings",
  rerank: "rerank",
  tool: "execute_tool",
  agent: "invoke_agent",
  run: "invoke_workflow",
  retrieval: "retrieval",
  step: null,
  memory: null,
  guardrail: null,
  score: null,
  prompt: null,
  log: null,
  span: null,
};

/** The text of an attribute, lower or upper case as it came; undefined where it is none. */
export function textOf(said: Said, name: string): string | undefined {
  const value = said.get(name);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** What a table says of a word; undefined where it does not know it. */
export function lookUp<Value>(table: Readonly<Record<string, Value>>, word: string): Value | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
