// The Model Context Protocol: what was asked of a server of tools, prompts and resources, as OpenTelemetry names it.
import type { SpanKind } from "../../../ledger/contract.ts";
import { type Dialect, lookUp, operationOf, textOf } from "./dialect.ts";

/** By `mcp.method.name`; the other methods are plain spans. */
export const mcpMethods: Readonly<Record<string, SpanKind>> = {
  "tools/call": "tool",
  "resources/read": "retrieval",
  "prompts/get": "prompt",
  "sampling/createMessage": "call",
};

export const mcp: Dialect = {
  name: "gen_ai",
  decide({ said }) {
    const method = textOf(said, "mcp.method.name");
    if (method === undefined) return undefined;
    const kind = lookUp(mcpMethods, method) ?? "span";
    return { kind, operation: operationOf[kind] };
  },
};
