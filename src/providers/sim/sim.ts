// The built-in vendor `sim`: a network that speaks the chat-completions protocol, for first steps, demos, load and fault
// drills. The gateway calls it as it calls any vendor, with this `fetch` in the network's place, so that each fault is
// one of bytes and connections. It says in its answers and names that it is a simulator.
import { isAppError, sleep, type World } from "../../kernel/index.ts";
import type { ChatRequest } from "../contract.ts";
import {
  createStreamEncoder,
  readChatRequest,
  renderOpenAiError,
  writeChatAnswer,
} from "../formats/openai-chat/index.ts";
import { type AnswerHead, ticksOfAnswer } from "./answers/answer-ticks.ts";
import { planAnswer, type PlannedAnswer } from "./answers/plan-answer.ts";
import { simBounds, type SimConfig, type SimFault } from "./sim-config.ts";
import { parseSimModel, simModels, type SimProfile } from "./sim-models.ts";
import {
  connectionRefused,
  connectionReset,
  drawFault,
  errorResponse,
  responseForFault,
} from "./wire/fault-answers.ts";
import { createPacedBody, type Pacing } from "./wire/paced-body.ts";

export interface Sim {
  /** As the global fetch: rejects when the connection fails or the signal aborts; HTTP errors are responses. */
  fetch(url: string, init: BunFetchRequestInit): Promise<Response>;
  /** Plain model names; each takes options (sim-models.ts). */
  models: string[];
}

export interface SimDeps {
  world: Pick<World, "nowMs" | "monotonicMs" | "random">;
  /** What a cut stream errors with; by default what Bun's fetch throws when a connection is reset. */
  cutReason?: () => unknown;
}

/** What the simulator's vendor is configured with; `.invalid` makes sure that no real network is ever meant. */
export const simBaseUrl = "http://sim.invalid/v1";

export function createSim(config: SimConfig, deps: SimDeps): Sim {
  const models = Object.keys(simModels);
  return {
    models,
    async fetch(url, init) {
      init.signal?.throwIfAborted();
      const { pathname } = new URL(url);
      if (pathname.endsWith("/models")) return listModels(models);
      if (!pathname.endsWith("/chat/completions")) return noSuchPath(pathname);
      const body = typeof init.body === "string" ? init.body : await new Response(init.body).text();
      const call = readCall(body, config);
      if (call instanceof Response) return call;
      return answerCall({ ...call, url, signal: init.signal ?? undefined }, deps);
    },
  };
}

function listModels(models: string[]): Response {
  return Response.json({
    object: "list",
    data: models.map((id) => ({ id, object: "model", created: 0, owned_by: "binnacle-sim" })),
  });
}

function noSuchPath(path: string): Response {
  const message = `The simulator has no ${path}; it has /v1/chat/completions and /v1/models.`;
  return errorResponse(404, { message, type: "invalid_request_error", code: "unknown_url" });
}

interface SimCall {
  url: string;
  request: ChatRequest;
  includeUsage: boolean;
  profile: SimProfile;
  signal: AbortSignal | undefined;
}

/** The request and how to answer it, or the refusal that it earns. */
function readCall(body: string, config: SimConfig): Pick<SimCall, "request" | "includeUsage" | "profile"> | Response {
  let request: ChatRequest;
  try {
    request = readChatRequest(JSON.parse(body));
  } catch (error) {
    if (error instanceof SyntaxError) return refuse(`The body is not JSON: ${error.message}.`, "invalid_json");
    if (!isAppError(error)) throw error;
    const rendered = renderOpenAiError(error);
    return Response.json(rendered.body, { status: rendered.status });
  }
  const parsed = parseSimModel(request.model, config);
  if ("problem" in parsed) return refuse(parsed.problem, parsed.code, "model");
  if ((request.choices ?? 1) > simBounds.choicesMax)
    return refuse(`The simulator gives at most ${simBounds.choicesMax} choices.`, "invalid_value", "n");
  const options = request.extra?.["stream_options"] as { include_usage?: unknown } | null | undefined;
  return { request, profile: parsed.profile, includeUsage: options?.include_usage === true };
}

function refuse(message: string, code: string, param?: string): Response {
  const status = code === "model_not_found" ? 404 : 400;
  return errorResponse(status, { message, type: "invalid_request_error", code, ...(param !== undefined && { param }) });
}

async function answerCall(call: SimCall, deps: SimDeps): Promise<Response> {
  const fault = drawFault(call.profile.rates, deps.world.random);
  if (fault === "refused") throw connectionRefused(call.url);
  if (fault === "stall") return waitForAbort(call.signal);
  const whole = responseForFault(fault, call.profile);
  if (whole) return whole;
  const plan = planAnswer(call.request, call.profile);
  const clock = createClock(call.profile, fault === "slow" ? 10 : 1, deps.world.random);
  await waitUnlessAborted(clock.firstMs(), call.signal);
  const sending = { call, plan, fault, clock, deps };
  return call.request.stream ? sendStream(sending) : sendJson(sending);
}

function waitForAbort(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
}

async function waitUnlessAborted(ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (ms > 0) await sleep(ms, signal);
  signal?.throwIfAborted();
}

interface Clock {
  firstMs(): number;
  tokenMs(): number;
}

function createClock({ firstTokenMs, tokenMs, jitter }: SimProfile, factor: number, random: () => number): Clock {
  const jittered = (ms: number): number => (ms > 0 && jitter > 0 ? ms * (1 + jitter * (2 * random() - 1)) : ms);
  return { firstMs: () => jittered(firstTokenMs * factor), tokenMs: () => jittered(tokenMs * factor) };
}

interface Sending {
  call: SimCall;
  plan: PlannedAnswer;
  fault: SimFault | undefined;
  clock: Clock;
  deps: SimDeps;
}

function headOf({ call, deps: { world } }: Sending): AnswerHead {
  const mark = (): string =>
    Math.floor(world.random() * 2 ** 48)
      .toString(36)
      .padStart(10, "0");
  return { id: `chatcmpl-sim-${mark()}`, model: call.profile.model, created_s: Math.floor(world.nowMs() / 1000) };
}

/** One frame a token; the first frame is the start alone, so that an answer can break off before it has said anything. */
function sendStream(sending: Sending): Response {
  const { call, plan, fault, clock } = sending;
  const encoder = createStreamEncoder({ includeUsage: call.includeUsage });
  const frames = ticksOfAnswer(plan, headOf(sending)).map((tick) => tick.map((event) => encoder.write(event)).join(""));
  const tokens = frames.length - 1;
  const strikesAt = 1 + Math.min(call.profile.faultAfterTokens ?? Math.floor(tokens / 2), tokens);
  if (fault === "malformed")
    frames.splice(strikesAt, 0, 'data: {"id":"chatcmpl-sim","choices":[{"index":0,"delta":{"con\n\n');
  const breaks = fault === "cut" || fault === "stall_mid";
  const sent = breaks ? frames.slice(0, strikesAt) : frames;
  const headers = { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" };
  if (!breaks && call.profile.tokenMs === 0) return new Response(sent.join(""), { headers });
  // The first token's wait is over when the stream begins.
  const waitMs = (index: number): number => (index === 1 ? 0 : clock.tokenMs());
  return new Response(createPacedBody(sent, pacingOf(sending, waitMs)), { headers });
}

async function sendJson(sending: Sending): Promise<Response> {
  const { call, plan, fault, clock } = sending;
  const tokens = Math.max(...plan.choices.map((choice) => choice.reasoning.length + choice.text.length));
  await waitUnlessAborted(clock.tokenMs() * Math.max(tokens - 1, 0), call.signal);
  const text = JSON.stringify(writeChatAnswer(ticksOfAnswer(plan, headOf(sending)).flat()));
  const half = Math.floor(text.length / 2);
  const headers = { "content-type": "application/json" };
  // A bare control character is an error in and out of strings: nobody's parser lets it pass.
  if (fault === "malformed") return new Response(`${text.slice(0, half)}\u0000${text.slice(half)}`, { headers });
  if (fault !== "cut" && fault !== "stall_mid") return new Response(text, { headers });
  return new Response(
    createPacedBody(
      [text.slice(0, half)],
      pacingOf(sending, () => 0),
    ),
    { headers },
  );
}

function pacingOf({ call, fault, deps }: Sending, waitMs: (index: number) => number): Pacing {
  const { cutReason = connectionReset, world } = deps;
  const ending = fault === "cut" ? { breaksWith: cutReason() } : fault === "stall_mid" ? "silence" : "close";
  return { waitMs, monotonicMs: world.monotonicMs, signal: call.signal, ending };
}
