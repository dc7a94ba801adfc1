// Traceloop's OpenLLMetry: the kind of an entity for what stands around calls, the type of a request for calls of its older
// libraries (newer ones name OpenTelemetry's operations), and searches in vector databases.
import type { SpanKind } from "../../../ledger/contract.ts";
import type { Said } from "../names/said.ts";
import { type Decision, type Dialect, lookUp, operationOf, textOf } from "./dialect.ts";

/** By `traceloop.span.kind`. */
export const traceloopKinds: Readonly<Record<string, SpanKind>> = {
  workflow: "run",
  session: "run",
  task: "step",
  agent: "agent",
  tool: "tool",
};

/** By `llm.request.type`. */
export const requestTypes: Readonly<Record<string, { kind: SpanKind; operation: string }>> = {
  chat: { kind: "call", operation: "chat" },
  completion: { kind: "call", operation: "text_completion" },
  embedding: { kind: "embedding", operation: "embeddings" },
  rerank: { kind: "rerank", operation: "rerank" },
};

/** By `db.system`: what is searched by likeness. */
export const vectorDatabases: ReadonlySet<string> = new Set([
  "chroma",
  "chromadb",
  "lancedb",
  "marqo",
  "milvus",
  "pinecone",
  "qdrant",
  "weaviate",
]);

export const traceloop: Dialect = {
  name: "traceloop",
  decide({ said, name }) {
    const type = textOf(said, "llm.request.type");
    const request = type === undefined ? undefined : lookUp(requestTypes, type);
    if (request) return request;
    const word = textOf(said, "traceloop.span.kind");
    const kind = word === undefined ? undefined : lookUp(traceloopKinds, word);
    if (kind) return { kind, operation: operationOf[kind] };
    return decideSearch(said, name);
  },
};

function decideSearch(said: Said, name: string): Decision | undefined {
  const database = textOf(said, "db.system") ?? textOf(said, "db.system.name");
  if (database === undefined || !vectorDatabases.has(database.toLowerCase())) return undefined;
  const isSearch = /query|search|retriev/i.test(textOf(said, "db.operation") ?? name);
  return isSearch ? { kind: "retrieval", operation: "retrieval" } : { kind: "span", operation: null };
}
