// What was retrieved, or put in order: the documents' ids and scores go on the record, their texts into the bodies.
import type { SpanKind, SpanRecord } from "../../../ledger/contract.ts";
import type { JsonValue, WireEvent } from "../../wire/wire-span.ts";
import type { ListName } from "../names/list-names.ts";
import type { Said } from "../names/said.ts";
import { cutText } from "../../../kernel/index.ts";
import { isObject, type JsonObject, parseJson, readNumber, readText } from "../names/read-value.ts";
import type { Body, Content } from "./read-content.ts";
import { unflatten } from "./unflatten.ts";

export interface Retrieved {
  retrieval: SpanRecord["retrieval"];
  /** The documents with their texts. */
  documents?: Body;
  /** What was put in order, where it was said. */
  candidates?: Body;
}

export interface RetrievalOptions {
  kind: SpanKind;
  events: readonly WireEvent[];
  documentsMax: number;
}

export function readRetrieval(said: Said, { kind, events, documentsMax }: RetrievalOptions): Retrieved {
  if (kind !== "retrieval" && kind !== "rerank") return { retrieval: null };
  const query = said.take("query", readText) ?? null;
  const listed = takeList(said, "reranker_output", documentsMax) ?? takeList(said, "documents", documentsMax);
  const found = listed ?? inOneAttribute(said, documentsMax) ?? inEvents(events, documentsMax);
  const candidates = takeList(said, "reranker_input", documentsMax);
  const documents = (found ?? []).map((one) => ({ id: idOf(one), score: scoreOf(one) }));
  const hasTexts = found?.some((one) => textOf(one) !== null) ?? false;
  return {
    retrieval: query === null && documents.length === 0 ? null : { query, documents },
    ...(found && hasTexts && { documents: bodyOf(found) }),
    ...(candidates && { candidates: bodyOf(candidates) }),
  };
}

interface Completing {
  kind: SpanKind;
  content: Content;
  documentsMax: number;
}

/** The query is the input, and the documents are the output, where no attributes of their own say them. */
export function completeRetrieval(
  retrieval: SpanRecord["retrieval"],
  { kind, content, documentsMax }: Completing,
): SpanRecord["retrieval"] {
  if (kind !== "retrieval" && kind !== "rerank") return null;
  const asked = content.request?.media_type === "text/plain" ? content.request.content : undefined;
  const query = retrieval?.query ?? (asked === undefined ? null : cutText(asked, QUERY_CHARACTERS_MAX));
  const listed = retrieval && retrieval.documents.length > 0 ? retrieval.documents : documentsIn(content.response);
  return query === null && listed.length === 0 ? null : { query, documents: listed.slice(0, documentsMax) };
}

type Documents = NonNullable<SpanRecord["retrieval"]>["documents"];

function documentsIn(response: Body | undefined): Documents {
  const list = response && response.content.length <= LIST_CHARACTERS_MAX ? parseJson(response.content) : undefined;
  if (!Array.isArray(list)) return [];
  return list.flatMap(documentsOf).map((one) => ({ id: idOf(one), score: scoreOf(one) }));
}

// A longer list would be read for its ids alone.
const LIST_CHARACTERS_MAX = 262_144;
// The whole of it is the request.
const QUERY_CHARACTERS_MAX = 2000;

function takeList(said: Said, list: ListName, documentsMax: number): JsonObject[] | undefined {
  const entries = said.list(list);
  if (entries.length === 0) return undefined;
  for (const { name } of entries) said.drop(name);
  return unflatten(entries, documentsMax).flatMap((one) => (isObject(one) ? [documentIn(one)] : []));
}

function inOneAttribute(said: Said, documentsMax: number): JsonObject[] | undefined {
  for (const name of ["gen_ai.retrieval.documents", "ai.ranking"]) {
    const value = said.get(name);
    const opened = typeof value === "string" ? parseJson(value) : value;
    if (!Array.isArray(opened)) continue;
    said.drop(name);
    const documents = opened.slice(0, documentsMax).flatMap((one) => documentsOf(one));
    if (documents.length > 0) return documents;
  }
  return undefined;
}

function documentsOf(one: JsonValue): JsonObject[] {
  const opened = typeof one === "string" ? (parseJson(one) ?? { content: one }) : one;
  return isObject(opened) ? [documentIn(opened)] : [];
}

/** Searches in vector databases report each match as an event. */
function inEvents(events: readonly WireEvent[], documentsMax: number): JsonObject[] | undefined {
  const matches = events.filter(({ name }) => name === "db.query.result" || name === "db.vector.query.result");
  if (matches.length === 0) return undefined;
  return matches.slice(0, documentsMax).map(({ attributes }) => {
    const one = (key: string): JsonValue =>
      attributes[`db.query.result.${key}`] ?? attributes[`db.vector.query.result.${key}`] ?? attributes[key] ?? null;
    return { id: one("id"), score: one("score") ?? one("distance"), content: one("document") };
  });
}

function documentIn(one: JsonObject): JsonObject {
  return isObject(one["document"]) ? one["document"] : one;
}

function idOf(one: JsonObject): string | null {
  const said = one["id"] ?? one["originalIndex"] ?? one["index"];
  return said === undefined || said === null ? null : (readText(said)?.slice(0, 500) ?? null);
}

function scoreOf(one: JsonObject): number | null {
  const said = one["score"] ?? one["relevanceScore"] ?? one["relevance_score"];
  return said === undefined || said === null ? null : (readNumber(said) ?? null);
}

function textOf(one: JsonObject): JsonValue {
  return one["content"] ?? one["text"] ?? one["document"] ?? null;
}

function bodyOf(documents: readonly JsonObject[]): Body {
  return { media_type: "application/json", content: JSON.stringify(documents) };
}
