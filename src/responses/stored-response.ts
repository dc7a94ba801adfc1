// Stored responses, read out of the record: what was asked, and the response as its caller got it.
import { createParser } from "eventsource-parser";
import { ofOrganisation, type Principal } from "../governance/index.ts";
import type { CallRecord, Ledger } from "../ledger/index.ts";
import { callIdIn } from "../providers/index.ts";
import { responsesErrors } from "./errors.ts";

type Json = Record<string, unknown>;

export interface StoredResponse {
  /** What the vendor was asked, history included, as items. */
  input: unknown[];
  response: Json;
}

/** Throws `responses.not_found`, also for those of other projects; `responses.cut`; and what the ledger throws. */
export async function readStored(ledger: Ledger, id: string, principal: Principal): Promise<StoredResponse> {
  const callId = callIdIn(id);
  const record = callId === undefined ? undefined : await ledger.findCall(callId);
  if (!record || callId === undefined || !mayRead(record, principal)) throw responsesErrors.not_found({ id });
  const bodies = await ledger.readBodies(callId);
  const { request, response } = record.bodies;
  if (isCut(request) || isCut(response)) throw responsesErrors.cut({ id });
  const asked = parse(textOf(bodies?.request));
  if (record.dialect !== "openai-responses" || !asked || asked["store"] === false)
    throw responsesErrors.not_found({ id });
  const answered = record.outcome === "ok" ? answerIn(textOf(bodies?.response), response?.media_type ?? "") : undefined;
  return { input: itemsOf(asked["input"]), response: { ...(answered ?? failedFrom(record)), id } };
}

/** As with calls that are listed: the key's own, or its project's. */
function mayRead({ who }: CallRecord, principal: Principal): boolean {
  const { keyId, project } = principal;
  const isWithin = who.organisation === ofOrganisation(principal).organisation;
  return who.key_id === keyId || (isWithin && project !== null && who.project === project);
}

/** An `input` that is a text is a message of the user's. */
export function itemsOf(input: unknown): unknown[] {
  if (Array.isArray(input)) return input;
  return typeof input === "string" ? [{ type: "message", role: "user", content: input }] : [];
}

function isCut(body: CallRecord["bodies"]["request"]): boolean {
  return body !== null && body.stored_bytes < body.size_bytes;
}

/** A stream ends with the response in one piece. */
function answerIn(text: string, mediaType: string): Json | undefined {
  if (!mediaType.startsWith("text/event-stream")) return parse(text);
  let last: Json | undefined;
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event === "response.completed" || event === "response.incomplete" || event === "response.failed")
        last = parse(data)?.["response"] as Json | undefined;
    },
  });
  parser.feed(text);
  return last;
}

/** What is said of a call that brought no answer. */
function failedFrom({ started_at_ms, model, outcome, error }: CallRecord): Json {
  return {
    object: "response",
    created_at: Math.floor(started_at_ms / 1000),
    status: outcome === "cancelled" ? "cancelled" : "failed",
    error: outcome === "cancelled" ? null : { code: "server_error", message: error?.message ?? "The call failed." },
    incomplete_details: null,
    model,
    output: [],
  };
}

function textOf(bytes: Uint8Array | null | undefined): string {
  return bytes ? Buffer.from(bytes).toString("utf8") : "";
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
