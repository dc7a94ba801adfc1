// What a span is: every dialect is asked in turn, the one that speaks for the program itself first, the vaguest last.
import type { SpanDialect } from "../../../ledger/contract.ts";
import type { Decision, Dialect, SpanSigns } from "./dialect.ts";
import { genAi, genAiWithoutOperation } from "./gen-ai.ts";
import { langfuse, langfuseSpan } from "./langfuse.ts";
import { mcp } from "./mcp.ts";
import { openInference } from "./openinference.ts";
import { traceloop } from "./traceloop.ts";
import { vercelAi } from "./vercel-ai.ts";

/** In the order in which they are asked. */
export const dialects: readonly Dialect[] = [
  langfuse,
  openInference,
  genAi,
  vercelAi,
  traceloop,
  mcp,
  genAiWithoutOperation,
  langfuseSpan,
];

export interface Decided extends Decision {
  dialect: SpanDialect;
}

const plain: Decided = { kind: "span", operation: null, dialect: "none" };

export function decideKind(signs: SpanSigns): Decided {
  for (const dialect of dialects) {
    const decision = dialect.decide(signs);
    if (decision) return { ...decision, dialect: dialect.name };
  }
  return plain;
}
