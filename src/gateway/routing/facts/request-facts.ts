// What a plan may know of a call. Nothing is read or worked out before a route asks for it: most routes ask for little.
import { createHash } from "node:crypto";
import type { ChatRequest } from "../../../providers/contract.ts";
import { type CallerRequest, readRequest } from "../../../providers/index.ts";
import type { IncomingCall } from "../../incoming-call.ts";
import type { Likeness } from "../semantic/likeness.ts";
import { complexityOf } from "./complexity.ts";
import { readResidency, type Residency } from "./residency.ts";

/** As much of a call as is known where it is planned; without a request, a plan is for any. */
export type PlannedCall = Partial<Pick<IncomingCall, "principal" | "request" | "trace" | "header">> & {
  /** Where its route asks for it; see semantics.ts. */
  likeness?: Likeness;
  /** What was demanded of it. */
  guard?: { readonly obligations: readonly string[] } | undefined;
  /** What holds for it, where that is more. */
  kept?: readonly string[] | undefined;
};

export interface RequestFacts extends Residency {
  readonly keyId: string;
  readonly keyName: string;
  /** Whom the caller names, else whose the key is. */
  readonly user: string | null;
  readonly team: string | null;
  readonly project: string | null;
  readonly tags: readonly string[];
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** In lower case. */
  header(name: string): string | null;
  /** About so many tokens go in. */
  inputTokens(): number;
  /** The longest answer that the request allows; undefined where it does not say. */
  outputTokensMax(): number | undefined;
  /** 0 to 1; undefined for what is no chat. */
  complexity(): number | undefined;
  /** To the examples of the route's places. */
  readonly likeness: Likeness;
  /** Which conversation this is a turn of; undefined when that cannot be told. */
  session(): string | undefined;
}

export function readFacts(
  { principal, request, trace, header = () => null, likeness = UNASKED }: PlannedCall,
  nowMs: number,
): RequestFacts {
  const chat = once(() => request && tryRead(request));
  const complexity = once(() => {
    const read = chat();
    return read && complexityOf(read);
  });
  const session = once(() => trace?.session ?? sessionInHeaders(header) ?? (request && sessionIn(request, chat)));
  return {
    keyId: principal?.keyId ?? "",
    keyName: principal?.keyName ?? "",
    user: trace?.user ?? principal?.user ?? null,
    team: principal?.team ?? null,
    project: principal?.project ?? null,
    tags: trace?.tags ?? [],
    nowMs,
    header,
    ...readResidency(header),
    inputTokens: () => Math.ceil((request?.text.length ?? 0) / CHARACTERS_A_TOKEN),
    outputTokensMax: () => (request ? outputLimitIn(request.text) : undefined),
    complexity,
    likeness,
    session,
  };
}

const UNASKED: Likeness = { isKnown: false, why: "for nothing is there to compare" };
const CHARACTERS_A_TOKEN = 4;

function once<T>(find: () => T): () => T {
  let found: { value: T } | undefined;
  return () => (found ??= { value: find() }).value;
}

function tryRead(request: CallerRequest): ChatRequest | undefined {
  if (request.operation !== "chat" || request.native) return undefined;
  try {
    return readRequest(request);
  } catch {
    // What does not hold is for the dialect to refuse.
    return undefined;
  }
}

// Within a JSON text a quotation mark of the conversation is escaped, so what is found is a key.
const OUTPUT_LIMIT = /"(?:max_(?:completion_|output_)?tokens|maxOutputTokens|maxTokens|num_predict)"\s*:\s*(\d{1,9})/;
const CACHE_KEY = /"prompt_cache_key"\s*:\s*"([^"\\]{1,200})"/;

function outputLimitIn(text: string): number | undefined {
  const said = OUTPUT_LIMIT.exec(text)?.[1];
  return said === undefined ? undefined : Number(said);
}

/** What coding tools and other gateways' clients say by themselves. */
const SESSION_HEADERS = ["x-claude-code-session-id", "x-session-affinity", "session-id", "session_id"];
const SESSION_LENGTH_MAX = 200;

function sessionInHeaders(header: RequestFacts["header"]): string | undefined {
  for (const name of SESSION_HEADERS) {
    const said = header(name);
    if (said) return said.slice(0, SESSION_LENGTH_MAX);
  }
  return undefined;
}

/** The caller's own word for its prompt cache; else how the conversation begins, which stays the same from turn to turn. */
function sessionIn(request: CallerRequest, chat: () => ChatRequest | undefined): string | undefined {
  const said = CACHE_KEY.exec(request.text)?.[1];
  if (said !== undefined) return said;
  const messages = chat()?.messages ?? [];
  const first = messages.findIndex(({ role }) => role === "user");
  if (first < 0) return undefined;
  return createHash("sha1")
    .update(JSON.stringify(messages.slice(0, first + 1)))
    .digest("base64url");
}
