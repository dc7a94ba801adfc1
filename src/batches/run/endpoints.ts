// Where the lines of a batch may go, and how each becomes a call as if it had come alone.
import {
  type CallerRequest,
  checkOperation,
  checkRequest,
  dialectOf,
  type DialectName,
  type OpenAiOperation,
  openAiOperations,
} from "../../providers/index.ts";
import type { BatchKind, ClaimedLine } from "../batch.ts";
import { batchesErrors } from "../errors.ts";

interface Endpoint {
  kind: BatchKind;
  /** Whose errors its callers know. */
  dialect: DialectName;
  /** Throws `providers.bad_request`. */
  read(text: string, headers: Record<string, string>): CallerRequest;
}

const chats: readonly (readonly [path: string, kind: BatchKind, dialect: DialectName])[] = [
  ["/v1/chat/completions", "openai", "openai-chat"],
  ["/v1/responses", "openai", "openai-responses"],
  ["/v1/messages", "anthropic", "anthropic-messages"],
];

/** Those whose request and answer are both JSON. */
const operations: readonly OpenAiOperation[] = ["embeddings", "moderation", "image_generation"];

const endpoints = new Map<string, Endpoint>([
  ...chats.filter(([, , dialect]) => isBuilt(dialect)).map(chatEndpoint),
  ...operations.map(operationEndpoint),
]);

export function endpointsOf(kind: BatchKind): string[] {
  return [...endpoints].filter(([, endpoint]) => endpoint.kind === kind).map(([path]) => path);
}

/** Whose errors the callers of an endpoint know. */
export function dialectAt(path: string): DialectName {
  return endpoints.get(path)?.dialect ?? "openai-chat";
}

/**
 * Throws `providers.bad_request`, `batches.stream_in_batch`, and `batches.unknown_endpoint` where it has gone. A chat that says
 * nothing of a service tier asks for `tier`.
 */
/** Throws `batches.erased`, and what is wrong with the request. */
export function requestOf({ batch, line, body }: ClaimedLine, tier?: string): CallerRequest {
  const endpoint = endpoints.get(batch.endpoint);
  if (!endpoint)
    throw batchesErrors.unknown_endpoint({ endpoint: batch.endpoint, known: endpointsOf(batch.kind).join(", ") });
  if (body === null) throw batchesErrors.erased({ what: "batch", id: `${batch.id}, line ${line}` });
  const isTiered = tier !== undefined && tieredDialects.has(endpoint.dialect) && isChat(batch.endpoint);
  const request = endpoint.read(isTiered ? inTier(body, tier) : body, batch.headers);
  if (request.stream) throw batchesErrors.stream_in_batch({});
  return request;
}

/** Those whose requests have a `service_tier` that is a name of OpenAI's. */
const tieredDialects: ReadonlySet<DialectName> = new Set(["openai-chat", "openai-responses"]);

function isChat(path: string): boolean {
  return chats.some(([chat]) => chat === path);
}

function inTier(text: string, tier: string): string {
  const body = JSON.parse(text) as object;
  return "service_tier" in body ? text : JSON.stringify({ ...body, service_tier: tier });
}

function chatEndpoint([path, kind, dialect]: (typeof chats)[number]): [string, Endpoint] {
  const read: Endpoint["read"] = (text, headers) =>
    checkRequest(dialect, { text, body: JSON.parse(text), headers: new Headers(headers) });
  return [path, { kind, dialect, read }];
}

function operationEndpoint(operation: OpenAiOperation): [string, Endpoint] {
  const read: Endpoint["read"] = (text) => checkOperation(operation, { text, body: JSON.parse(text) });
  return [`/v1${openAiOperations[operation].path}`, { kind: "openai", dialect: "openai-chat", read }];
}

function isBuilt(dialect: DialectName): boolean {
  try {
    return dialectOf(dialect).name === dialect;
  } catch {
    return false;
  }
}
