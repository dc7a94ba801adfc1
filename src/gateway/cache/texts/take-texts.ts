// Embeddings are kept text by text: a call is given the vectors that are there, and asks for the rest.
import type { World } from "../../../kernel/index.ts";
import type { Cached, CallRecord } from "../../../ledger/index.ts";
import { providersErrors } from "../../../providers/index.ts";
import { gatewayErrors } from "../../errors.ts";
import type { CachedCall, Taken } from "../cached-call.ts";
import type { CacheConfig } from "../config.ts";
import type { AnswerHead } from "../flight/flight.ts";
import type { KeptAnswer } from "../kept-answer.ts";
import type { Found, KeptAnswers } from "../kept-answers.ts";
import type { CacheWish } from "../key/read-wish.ts";
import { readVectors, writeVectors } from "./embeddings-answer.ts";
import type { TextsAsked } from "./read-texts.ts";

export interface TextsDeps {
  config: CacheConfig;
  answers: KeptAnswers;
  world: Pick<World, "nowMs">;
}

export interface TextsCall extends CachedCall {
  texts: TextsAsked;
  wish: CacheWish;
  where: Pick<KeptAnswer, "scope" | "model">;
}

/** Throws `gateway.not_cached`. */
export async function takeTexts(call: TextsCall, deps: TextsDeps): Promise<Taken> {
  const { texts, wish, settlement, incoming } = call;
  const found = wish.isRefreshed ? new Map<string, Found>() : await findTexts(call, deps);
  const missing = [...new Set(texts.keys)].filter((key) => !found.has(key));
  if (missing.length === 0) return { answer: giveAll(call, found, deps.world.nowMs()) };
  if (wish.isOnlyIfCached) throw gatewayErrors.not_cached({ model: incoming.request.model });
  if (found.size > 0) settlement.cacheTold("partial", savedBy(found, deps.world.nowMs()));
  return { turn: askForRest(call, { found, missing }, deps) };
}

async function findTexts(
  { texts: { keys }, wish }: TextsCall,
  { answers, world }: TextsDeps,
): Promise<Map<string, Found>> {
  const found = new Map<string, Found>();
  const nowMs = world.nowMs();
  const take = (each: Found) => {
    if (nowMs - each.kept.storedAtMs <= wish.ageMsMax) found.set(each.kept.key, each);
  };
  const elsewhere: string[] = [];
  for (const key of new Set(keys)) {
    const atHand = answers.atHand(key);
    if (atHand) take(atHand);
    if (!found.has(key) && answers.mayHave(key)) elsewhere.push(key);
  }
  if (elsewhere.length > 0) for (const each of await answers.fetch(elsewhere)) take(each);
  return found;
}

function giveAll({ texts, settlement }: TextsCall, found: Map<string, Found>, nowMs: number) {
  const first = found.get(texts.keys[0] ?? "")?.kept.figures;
  if (!first) throw new Error("an embeddings answer without a text");
  const vectors = texts.keys.map((key) => vectorOf(found, key));
  const content = writeVectors({ vectors, model: first.answer.model, usage: undefined });
  const { status, media_type, answer, dropped } = first;
  const cached = savedBy(found, nowMs);
  settlement.succeedAgain({ outcome: "hit", figures: first, cached, body: { media_type, content } });
  return { mediaType: media_type, status, target: answer.target, dropped, body: content, ageMs: cached.age_ms };
}

function vectorOf(found: Map<string, Found>, key: string): string {
  return String(found.get(key)?.kept.body);
}

/** Shares of a micro-dollar add up to whole ones. */
function savedBy(found: Map<string, Found>, nowMs: number): Cached {
  const all = [...found.values()];
  const costs = all.flatMap(({ kept }) => kept.figures.cost.usd_micros ?? []);
  const calls = new Set(all.map(({ kept }) => kept.figures.call_id));
  const [callId] = calls;
  return {
    from: all.some(({ from }) => from === "database") ? "database" : "memory",
    call_id: calls.size === 1 && callId !== undefined ? callId : null,
    age_ms: Math.max(0, ...all.map(({ kept }) => Math.round(nowMs - kept.storedAtMs))),
    saved_usd_micros: costs.length === all.length ? Math.round(sum(costs)) : null,
    saved_tokens: { input: Math.round(sum(all.map(({ kept }) => kept.figures.tokens.input))), output: 0 },
  };
}

function askForRest(
  call: TextsCall,
  { found, missing }: { found: Map<string, Found>; missing: string[] },
  deps: TextsDeps,
): NonNullable<Taken["turn"]> {
  const { texts, settlement, incoming } = call;
  const purges = deps.answers.purges;
  let head: AnswerHead | undefined;
  let isDeclined = false;
  let fresh: ReadonlyMap<string, string> | undefined;

  settlement.onRelease((closed) => {
    if (isDeclined || !closed?.answer || closed.outcome !== "ok" || !head || !fresh || purges !== deps.answers.purges)
      return;
    keepFresh(call, { closed: { ...closed, answer: closed.answer }, head, fresh }, deps);
  });

  return {
    request: found.size === 0 && missing.length === texts.keys.length ? incoming.request : texts.requestFor(missing),
    hangUp: incoming.signal,
    leave: () => false,
    decline: () => void (isDeclined = true),
    add: () => undefined,
    complete: () => undefined,
    begin: (begun) => void (head = begun),
    completeWith(body) {
      const came = typeof body === "string" ? readVectors(body, missing.length) : undefined;
      if (!came && found.size === 0) return body;
      if (!came)
        throw providersErrors.vendor_garbage({ target: head?.target ?? "", detail: "vectors without their place" });
      const { vectors } = came;
      const given = new Map(missing.map((key, place) => [key, vectors[place] ?? ""]));
      fresh = given;
      return writeVectors({ ...came, vectors: texts.keys.map((key) => given.get(key) ?? vectorOf(found, key)) });
    },
  };
}

interface Came {
  closed: CallRecord & { answer: NonNullable<CallRecord["answer"]> };
  head: AnswerHead;
  fresh: ReadonlyMap<string, string>;
}

function keepFresh(
  { texts, where }: TextsCall,
  { closed, head, fresh }: Came,
  { answers, config, world }: TextsDeps,
): void {
  const { id, answer, cost, tokens } = closed;
  const storedAtMs = world.nowMs();
  const whole = sum([...fresh.keys()].map(texts.lengthOf));
  for (const [key, body] of fresh) {
    const share = texts.lengthOf(key) / whole;
    answers.put({
      ...where,
      key,
      storedAtMs,
      expiresAtMs: storedAtMs + config.ttl,
      figures: {
        call_id: id,
        status: head.status,
        media_type: head.mediaType,
        answer,
        cost: { ...cost, usd_micros: cost.usd_micros === null ? null : cost.usd_micros * share },
        tokens: { input: tokens.input * share, output: 0 },
        dropped: head.dropped,
      },
      body,
    });
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
