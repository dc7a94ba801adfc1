// One span as a record of the ledger, whatever dialect its attributes speak. Nothing in a span can make this throw: what is of the
// wrong type or cannot be stays among the attributes.
import type { SpanRecord } from "../../ledger/contract.ts";
import type { WireContext, WireScope, WireSpan } from "../wire/wire-span.ts";
import type { MeaningConfig } from "./config.ts";
import { readAnswerFacts } from "./content/answer-facts.ts";
import { embeddedTexts, leaveVectors } from "./content/leave-vectors.ts";
import { type Body, type Content, readContent } from "./content/read-content.ts";
import { readRetrieval, completeRetrieval } from "./content/read-retrieval.ts";
import { type Decided, decideKind } from "./dialects/decide-kind.ts";
import { finishReasonOf } from "./figures/finish-reasons.ts";
import { type PriceOf, readCost } from "./figures/read-cost.ts";
import { readTokens } from "./figures/read-tokens.ts";
import { gather, type NameIndex, type Said } from "./names/said.ts";
import { readNumber, readText } from "./names/read-value.ts";
import { noModelFacts, readFirstToken, readModelFacts } from "./read-model.ts";
import { readOutcome } from "./read-outcome.ts";
import { readScores } from "./read-scores.ts";
import { createLabels, type Labels, readService, readWho } from "./read-who.ts";
import { recordIdOf } from "./record-id.ts";

/** A record and its bodies, as the ledger takes them. */
export interface Reading {
  record: SpanRecord;
  request?: Body;
  response?: Body;
  /** Judgements of the span that it told itself: records of their own, without bodies. */
  scores?: { record: SpanRecord }[];
}

export interface ReadDeps {
  config: MeaningConfig;
  index: NameIndex;
  priceOf: PriceOf;
  /** What it is, where whoever asks knows; else its dialect decides. */
  known?: Decided;
}

export function readSpan(span: WireSpan, { resource, scope, sender }: WireContext, deps: ReadDeps): Reading {
  const { config } = deps;
  const said = gather(span.attributes, deps.index);
  const saidOfResource = gather(resource.attributes, deps.index);
  const labels = createLabels(said, saidOfResource, config);
  const decided = deps.known ?? decideKind({ said, name: span.name, scope: scope.name });
  const common = {
    ...readOutcome(said, span, labels),
    session: labels.label("session"),
    who: readWho(said, saidOfResource, { sender, labels, config }),
    service: readService(labels),
    ...readSemantics(said, labels),
  };
  const { facts, content } = readFacts(span, { said, decided, labels, deps });
  const left = decided.dialect === "none" ? [] : leaveVectors(said);
  const scoresOf = readScores(said, span, config);
  const record: SpanRecord = {
    // A tenant's spans never land in the rows of others, whatever ids they name.
    ...frameOf(span, scope, common.who.organisation ?? ""),
    ...common,
    kind: decided.kind,
    dialect: decided.dialect,
    ...facts,
    cut: left.length > 0 ? [...span.cut, ...left] : span.cut,
    attributes: said.rest(saidOfResource.rest()),
  };
  const scores = scoresOf(record);
  return {
    record,
    ...(scores.length > 0 && { scores: scores.map((score) => ({ record: score })) }),
    ...(content.request && { request: content.request }),
    ...(content.response && { response: content.response }),
  };
}

/** What does not depend on attributes. */
function frameOf(span: WireSpan, scope: WireScope, tenant: string) {
  return {
    id: recordIdOf(span.startedAtMs, tenant + span.traceId + span.spanId),
    schema: 1,
    source: "otlp",
    trace_id: span.traceId,
    span_id: span.spanId,
    parent_span_id: span.parentSpanId,
    links: span.links.map(({ traceId, spanId }) => ({ trace_id: traceId, span_id: spanId })),
    name: span.name,
    span_kind: span.kind,
    started_at_ms: span.startedAtMs,
    duration_ms: Math.max(0, span.endedAtMs - span.startedAtMs),
    scope: { name: scope.name, version: scope.version, schema_url: scope.schemaUrl },
    severity: null,
    events: span.events.map(({ name, atMs, attributes }) => ({
      name,
      after_ms: atMs - span.startedAtMs,
      attributes,
    })),
    bodies: { request: null, response: null },
  } as const satisfies Partial<Record<keyof SpanRecord, unknown>>;
}

interface FactsOptions {
  said: Said;
  decided: Decided;
  labels: Labels;
  deps: ReadDeps;
}

const noFacts = { ...noModelFacts, retrieval: null, tokens: null, cost: null, first_token_ms: null };

function readFacts(span: WireSpan, { said, decided, labels, deps }: FactsOptions) {
  const { kind, dialect } = decided;
  if (dialect === "none") return { facts: { ...noFacts, operation: decided.operation }, content: {} };
  const { config, priceOf } = deps;
  // Whoever said the kind, the operation's own attribute is more exact: a completion of text is a call as a chat is.
  const operation = labels.bounded(said.take("operation", readText)) ?? decided.operation;
  const model = readModelFacts(said, { kind, name: span.name, labels });
  const retrieved = readRetrieval(said, { kind, events: span.events, documentsMax: config.documents_max });
  const read = readContent(said, { kind, events: span.events, messagesMax: config.messages_max });
  const tokens = readTokens(said, dialect);
  const embedded = kind === "embedding" && !read.request ? embeddedTexts(said) : undefined;
  const cost = readCost(
    said,
    { kind, vendor: model.vendor, models: [model.answer_model, model.model], tokens, atMs: span.startedAtMs },
    priceOf,
  );
  return {
    facts: {
      ...model,
      operation,
      ...readEnding(said, { model, read, labels }),
      retrieval: completeRetrieval(retrieved.retrieval, { kind, content: read, documentsMax: config.documents_max }),
      tokens,
      cost,
      first_token_ms: readFirstToken(said, span),
    },
    content: {
      ...read,
      ...(embedded && { request: embedded }),
      ...(retrieved.candidates && { request: retrieved.candidates }),
      ...(retrieved.documents && { response: retrieved.documents }),
    } satisfies Content,
  };
}

type Ending = Pick<SpanRecord, "finish_reason" | "response_id" | "fingerprint">;

/** As its own attributes say it, its messages, or the vendor's answer where that is kept whole. */
function readEnding(said: Said, { model, read, labels }: { model: Ending; read: Content; labels: Labels }): Ending {
  const { finish_reason, response_id, fingerprint } = model;
  const whole = finish_reason === null || response_id === null ? readAnswerFacts(said) : {};
  const reason = read.finishReason ?? whole.finishReason;
  return {
    finish_reason: finish_reason ?? labels.bounded(reason === undefined ? undefined : finishReasonOf(reason)),
    response_id: response_id ?? labels.bounded(whole.responseId),
    fingerprint: fingerprint ?? labels.bounded(whole.fingerprint),
  };
}

/** The semantic log: what the request was after, and how good its outcome was found. */
export function readSemantics(said: Said, { bounded }: Labels): Pick<SpanRecord, "intent" | "quality"> {
  const intent = bounded(said.take("intent", readText));
  const quality = said.take("quality", readNumber);
  return { ...(intent !== null && { intent }), ...(quality !== undefined && { quality }) };
}
