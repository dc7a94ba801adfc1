// The built-in vendor `sim`: a network that speaks the chat-completions protocol, for first steps, demos, load and fault
// drills. The gateway calls it as it calls any vendor, with this `fetch` in the network's place, so that each fault is
// one of bytes and connections. It says in its answers and names that it is a simulator.
import { isAppError, type World } from "../../kernel/index.ts";
import type { ChatRequest } from "../contract.ts";
import { isObject } from "../formats/fields.ts";
import { readChatRequest, renderOpenAiError } from "../formats/openai-chat/index.ts";
import { type AnswerHead, ticksOfAnswer } from "./answers/answer-ticks.ts";
import { planAnswer } from "./answers/plan-answer.ts";
import { answerEmbeddings, embeddingModel } from "./embeddings.ts";
import { simBounds, type SimConfig } from "./sim-config.ts";
import { parseSimModel, simModels, type SimProfile } from "./sim-models.ts";
import { connectionRefused, drawFault, errorResponse, responseForFault } from "./wire/fault-answers.ts";
import { sendAnswer } from "./wire/send-answer.ts";

export interface Sim {
  /** As the global fetch: rejects when the connection fails or the signal aborts; HTTP errors are responses. */
  fetch(url: string, init: BunFetchRequestInit): Promise<Response>;
  /** Plain model names; each takes options (sim-models.ts). */
  models: string[];
}

export interface SimDeps {
  world: Pick<World, "nowMs" | "monotonicMs" | "random">;
  /** What a cut body errors with; by default what Bun's fetch throws when a connection is reset. */
  cutReason?: () => unknown;
}

/** What the simulator's vendor is configured with; `.invalid` makes sure that no real network is ever meant. */
export const simBaseUrl = "http://sim.invalid/v1";

/** Has nothing to start or close: whatever waits belongs to a call, and ends with its signal or its reader. */
export function createSim(config: SimConfig, deps: SimDeps): Sim {
  const models = [...Object.keys(simModels), embeddingModel];
  return {
    models,
    async fetch(url, init) {
      const { pathname } = new URL(url);
      if (pathname.endsWith("/models")) return listModels(models);
      const body = typeof init.body === "string" ? init.body : await new Response(init.body).text();
      init.signal?.throwIfAborted();
      if (pathname.endsWith("/embeddings")) return answerEmbeddings(body);
      if (!pathname.endsWith("/chat/completions")) return noSuchPath(pathname);
      const call = readCall(body, config);
      return call instanceof Response ? call : answerCall({ ...call, url, signal: init.signal ?? undefined }, deps);
    },
  };
}

function listModels(models: string[]): Response {
  const data = models.map((id) => ({ id, object: "model", created: 0, owned_by: "binnacle-sim" }));
  return Response.json({ object: "list", data });
}

function noSuchPath(path: string): Response {
  const message = `The simulator has no ${path}; it has /v1/chat/completions, /v1/embeddings and /v1/models.`;
  return errorResponse(404, { message, type: "invalid_request_error", code: "unknown_url" });
}

interface SimCall {
  url: string;
  request: ChatRequest;
  profile: SimProfile;
  signal: AbortSignal | undefined;
}

/** The request and how to answer it, or the refusal that it earns. */
function readCall(body: string, config: SimConfig): Pick<SimCall, "request" | "profile"> | Response {
  const request = readRequest(body);
  if (request instanceof Response) return request;
  const parsed = parseSimModel(request.model, config);
  if ("problem" in parsed) return refuse(parsed.problem, { code: parsed.code, param: "model" });
  if ((request.choices ?? 1) > simBounds.choicesMax)
    return refuse(`The simulator gives at most ${simBounds.choicesMax} choices.`, {
      code: "invalid_value",
      param: "n",
    });
  return { request, profile: parsed.profile };
}

function readRequest(body: string): ChatRequest | Response {
  try {
    return readChatRequest(JSON.parse(body));
  } catch (error) {
    if (error instanceof SyntaxError)
      return refuse(`The body is not JSON: ${error.message}.`, { code: "invalid_json" });
    if (!isAppError(error)) throw error;
    const rendered = renderOpenAiError(error);
    return Response.json(rendered.body, { status: rendered.status });
  }
}

function refuse(message: string, why: { code: string; param?: string }): Response {
  return errorResponse(why.code === "model_not_found" ? 404 : 400, { message, type: "invalid_request_error", ...why });
}

async function answerCall(
  { url, request, profile, signal }: SimCall,
  { world, cutReason }: SimDeps,
): Promise<Response> {
  const fault = drawFault(profile.rates, world.random);
  if (fault === "refused") throw connectionRefused(url);
  if (fault === "stall") return waitForAbort(signal);
  const whole = responseForFault(fault, profile);
  if (whole) return whole;
  const ticks = ticksOfAnswer(planAnswer(request, profile), headFor(profile, world));
  const form = { stream: request.stream, includeUsage: wantsUsage(request) };
  return sendAnswer({ ticks, profile, fault, signal, world, cutReason }, form);
}

/** The dialect keeps `stream_options` among what the canonical model has no word for. */
function wantsUsage(request: ChatRequest): boolean {
  const options = request.extra?.["stream_options"];
  return isObject(options) && options["include_usage"] === true;
}

function waitForAbort(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function headFor({ model }: SimProfile, world: SimDeps["world"]): AnswerHead {
  const mark = Math.floor(world.random() * 2 ** 48)
    .toString(36)
    .padStart(10, "0");
  return { id: `chatcmpl-sim-${mark}`, model, created_s: Math.floor(world.nowMs() / 1000) };
}
