// The network in which Harbour's invented vendors are. They speak the chat-completions protocol and take the time that their
// models take: the clock is moved on by it, and nobody waits.
import type { Fetch, FetchInit, HttpAnswer } from "../../../src/kernel/index.ts";
import type { MovedClock } from "../clock.ts";
import type { Dice } from "../dice.ts";
import type { PlannedAnswer } from "./answer.ts";
import { chunksOf, embeddingsOf, wholeOf } from "./bodies.ts";
import { type Outage, paceOf, strikes } from "./paces.ts";

export interface StandIn {
  fetch: Fetch;
  /** Says what the next requests are answered with. */
  plan(answer: PlannedAnswer): void;
}

export interface StandInDeps {
  clock: MovedClock;
  dice: Dice;
  outages: readonly Outage[];
  startMs: number;
}

/** A late first token is waited for in truth, since whoever hedges it looks at a timer. */
const LATE_MS = 400;

export function createStandIn({ clock, dice, outages, startMs }: StandInDeps): StandIn {
  let planned: PlannedAnswer = { text: "", inputTokens: 1 };
  let tried = 0;

  async function answer(url: string, init: FetchInit): Promise<HttpAnswer> {
    const vendor = new URL(url).hostname.replace(".invalid", "");
    const request = JSON.parse(String(init.body)) as { model: string; stream?: boolean; input?: string | string[] };
    tried += 1;
    const pace = paceOf(`${vendor}/${request.model}`, { dice, dayOfWeek: (clock.nowMs() - startMs) / 86_400_000 });
    const fault = strikes(vendor, { nowMs: clock.nowMs(), outages, dice }) ?? (tried === 1 ? planned.fault : undefined);
    if (fault === "503") return refuse(503, { clock, waitMs: pace.connectMs * 4 });
    if (fault === "429") return refuse(429, { clock, waitMs: pace.connectMs });
    if (url.endsWith("/embeddings")) {
      clock.advance(pace.firstTokenMs);
      return Response.json(embeddingsOf(request.model, [request.input ?? ""].flat()));
    }
    if (fault === "late") await Bun.sleep(LATE_MS);
    clock.advance(pace.firstTokenMs);
    if (request.stream !== true) {
      const whole = wholeOf(request.model, planned, clock.nowMs());
      clock.advance(whole.usage.completion_tokens * pace.tokenMs);
      return Response.json(whole);
    }
    const chunks = chunksOf(request.model, planned, clock.nowMs());
    const body = streamOf(chunks, { clock, fault, waitMs: (pace.tokenMs * tokensIn(planned)) / chunks.length });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  }

  return {
    fetch: (url, init) => answer(url, init ?? {}),
    plan(next) {
      planned = next;
      tried = 0;
    },
  };
}

function tokensIn({ text }: PlannedAnswer): number {
  return text.length / 4;
}

function refuse(status: number, { clock, waitMs }: { clock: MovedClock; waitMs: number }): HttpAnswer {
  clock.advance(waitMs);
  const error =
    status === 429
      ? { message: "Rate limit reached for requests. Please try again in 20 s.", type: "requests", code: "rate_limit" }
      : { message: "The engine is overloaded, please try again later.", type: "server_error", code: "overloaded" };
  return Response.json({ error }, { status, headers: status === 429 ? { "retry-after": "20" } : {} });
}

interface Streaming {
  clock: MovedClock;
  fault: PlannedAnswer["fault"];
  waitMs: number;
}

const encoder = new TextEncoder();

/** A stream that hangs goes on when its reader has left, which is when it ends. */
function streamOf(chunks: readonly string[], { clock, fault, waitMs }: Streaming): ReadableStream<Uint8Array> {
  const middle = Math.ceil(chunks.length / 2);
  let next = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (next === middle && fault === "cut") {
        await Bun.sleep(2);
        return controller.error(Object.assign(new TypeError("The socket was closed"), { code: "ECONNRESET" }));
      }
      if (next === middle && fault === "hang") return new Promise(() => undefined);
      const chunk = chunks[next];
      if (chunk === undefined) return controller.close();
      next += 1;
      if (next > 1) clock.advance(waitMs);
      controller.enqueue(encoder.encode(chunk));
      return undefined;
    },
  });
}
