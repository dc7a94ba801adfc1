// Sends a planned answer: whole or as a stream, at the model's pace, and broken in the middle when the fault says so.
// Faults that replace the answer are in fault-answers.ts.
import { sleep, type World } from "../../../kernel/index.ts";
import type { ChatEvent } from "../../contract.ts";
import { createStreamEncoder, writeChatAnswer } from "../../formats/openai-chat/index.ts";
import type { SimFault } from "../sim-config.ts";
import type { SimProfile } from "../sim-models.ts";
import { connectionReset } from "./fault-answers.ts";
import { createPacedBody, type Pacing } from "./paced-body.ts";

export interface Sending {
  /** The answer's events by when they leave: the start, then token by token (answer-ticks.ts). */
  ticks: ChatEvent[][];
  profile: SimProfile;
  fault: SimFault | undefined;
  signal: AbortSignal | undefined;
  world: Pick<World, "monotonicMs" | "random">;
  /** What a cut body errors with; by default what Bun's fetch throws when a connection is reset. */
  cutReason?: (() => unknown) | undefined;
}

/** `slow` makes every wait this many times as long. */
const SLOWNESS = 10;
const HALF_A_CHUNK = 'data: {"id":"chatcmpl-sim","choices":[{"index":0,"delta":{"con\n\n';

/** Resolves when the first token (of a stream) or the last (of JSON) is due; rejects with the signal's reason. */
export function sendAnswer(sending: Sending, form: { stream: boolean; includeUsage: boolean }): Promise<Response> {
  return form.stream ? sendStream(sending, form.includeUsage) : sendJson(sending);
}

async function sendStream(sending: Sending, includeUsage: boolean): Promise<Response> {
  const { ticks, profile, fault, signal } = sending;
  const wait = createWait(sending);
  await waitUnlessAborted(wait(profile.firstTokenMs), signal);
  const encoder = createStreamEncoder({ includeUsage });
  const frames = ticks.map((tick) => tick.map((event) => encoder.write(event)).join(""));
  const tokens = frames.length - 1;
  const strikesAt = 1 + Math.min(profile.faultAfterTokens ?? Math.floor(tokens / 2), tokens);
  if (fault === "malformed") frames.splice(strikesAt, 0, HALF_A_CHUNK);
  const breaks = fault === "cut" || fault === "stall_mid";
  const sent = breaks ? frames.slice(0, strikesAt) : frames;
  const headers = { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" };
  if (!breaks && profile.tokenMs === 0) return new Response(sent.join(""), { headers });
  // The wait for the first token is over when the stream begins.
  const waitMs = (index: number): number => (index === 1 ? 0 : wait(profile.tokenMs));
  return new Response(createPacedBody(sent, pacingOf(sending, waitMs)), { headers });
}

async function sendJson(sending: Sending): Promise<Response> {
  const { ticks, profile, fault, signal } = sending;
  const gaps = Math.max(ticks.length - 2, 0);
  await waitUnlessAborted(createWait(sending)(profile.firstTokenMs + profile.tokenMs * gaps), signal);
  const text = JSON.stringify(writeChatAnswer(ticks.flat()));
  const half = Math.floor(text.length / 2);
  const headers = { "content-type": "application/json" };
  // A bare control character is an error in and out of strings: no parser lets it pass.
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

/** No number is drawn where there is nothing to vary, so that such runs use no randomness. */
function createWait({ profile: { jitter }, fault, world }: Sending): (ms: number) => number {
  const factor = fault === "slow" ? SLOWNESS : 1;
  return (ms) => ms * factor * (ms > 0 && jitter > 0 ? 1 + jitter * (2 * world.random() - 1) : 1);
}

async function waitUnlessAborted(ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (ms > 0) await sleep(ms, signal);
  signal?.throwIfAborted();
}

function pacingOf({ fault, signal, world, cutReason = connectionReset }: Sending, waitMs: Pacing["waitMs"]): Pacing {
  const ending = fault === "cut" ? { breaksWith: cutReason() } : fault === "stall_mid" ? "silence" : "close";
  return { waitMs, monotonicMs: world.monotonicMs, signal, ending };
}
