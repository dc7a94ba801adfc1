// A vendor of OpenAI's Realtime protocol, on loopback, written after OpenAI's reference: there are no recordings of it. What
// a response does is said by its instructions: "hang" after the first words, "break off", "fail", "flood".
import type { ServerWebSocket } from "bun";

export interface RealtimeVendor {
  /** Ends where `/realtime` goes on. */
  url: string;
  /** Connections, in order. */
  connections: VendorConnection[];
  /** Somebody asked for the model `late`, who is let in by `letIn`. */
  lateAsked: Promise<void>;
  letIn(): void;
  close(): Promise<void>;
}

export interface VendorConnection {
  model: string | null;
  headers: Headers;
  frames: (string | Uint8Array)[];
  pings: string[];
  /** How it was closed by the other side. */
  closed: Promise<{ code: number; reason: string }>;
  socket: ServerWebSocket<VendorConnection>;
  responses: number;
}

type Ws = ServerWebSocket<VendorConnection>;
type Event = { type: string; [field: string]: unknown };

export const realtimeUsage = {
  total_tokens: 253,
  input_tokens: 132,
  output_tokens: 121,
  input_token_details: {
    text_tokens: 119,
    audio_tokens: 13,
    image_tokens: 0,
    cached_tokens: 64,
    cached_tokens_details: { text_tokens: 60, audio_tokens: 4, image_tokens: 0 },
  },
  output_token_details: { text_tokens: 30, audio_tokens: 91 },
};

export const floodFrame = JSON.stringify({
  type: "response.output_audio.delta",
  response_id: "resp_1",
  delta: "A".repeat(64 * 1024),
});
export const FLOOD_FRAMES = 400;

export function serveRealtime(): RealtimeVendor {
  const connections: VendorConnection[] = [];
  const [late, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const closers = new WeakMap<VendorConnection, (how: { code: number; reason: string }) => void>();
  const server = Bun.serve<Omit<VendorConnection, "socket">>({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request, self) {
      const { pathname, searchParams } = new URL(request.url);
      const { headers } = request;
      if (headers.get("authorization") !== "Bearer sk-acme") return new Response("{}", { status: 401 });
      if (pathname !== "/v1/realtime" || searchParams.get("model") === "no-such")
        return new Response("", { status: 404 });
      if (searchParams.get("model") === "late") {
        late.resolve();
        await gate.promise;
      }
      const closed = Promise.withResolvers<{ code: number; reason: string }>();
      const data = {
        model: searchParams.get("model"),
        headers,
        frames: [],
        pings: [],
        closed: closed.promise,
        responses: 0,
      };
      closers.set(data as never, closed.resolve);
      return self.upgrade(request, { data }) ? undefined : new Response("", { status: 426 });
    },
    websocket: {
      maxPayloadLength: 64 * 1024 * 1024,
      backpressureLimit: 256 * 1024 * 1024,
      open(bare) {
        const ws = bare as Ws;
        ws.data.socket = ws;
        connections.push(ws.data);
        say(ws, {
          type: "session.created",
          session: { type: "realtime", object: "realtime.session", model: ws.data.model },
        });
      },
      message(bare, frame) {
        const ws = bare as Ws;
        ws.data.frames.push(frame);
        if (typeof frame === "string") answer(ws, JSON.parse(frame) as Event);
        else ws.send(frame);
      },
      ping: ({ data }, payload) => void data.pings.push(payload.toString()),
      close: (ws, code, reason) => closers.get(ws.data as VendorConnection)?.({ code, reason }),
    },
  });
  return {
    url: `${server.url.href}v1`,
    connections,
    lateAsked: late.promise,
    letIn: gate.resolve,
    close: () => server.stop(true),
  };
}

function say(ws: Ws, event: Event): void {
  ws.send(JSON.stringify({ event_id: `event_${crypto.randomUUID()}`, ...event }));
}

function answer(ws: Ws, event: Event): void {
  if (event.type === "session.update") say(ws, { type: "session.updated", session: event["session"] });
  else if (event.type === "conversation.item.create") say(ws, { type: "conversation.item.done", item: event["item"] });
  else if (event.type === "input_audio_buffer.append") return;
  else if (event.type === "response.create") respond(ws, event["response"] as { instructions?: string } | undefined);
  else if (event.type === "response.cancel")
    done(ws, { status: "cancelled", status_details: { type: "cancelled", reason: "client_cancelled" } });
  else
    say(ws, {
      type: "error",
      error: { type: "invalid_request_error", code: "unknown", message: `What is ${event.type}?` },
    });
}

function respond(ws: Ws, { instructions = "" }: { instructions?: string } = {}): void {
  ws.data.responses += 1;
  const response_id = `resp_${ws.data.responses}`;
  say(ws, {
    type: "response.created",
    response: { id: response_id, object: "realtime.response", status: "in_progress" },
  });
  if (instructions === "fail")
    return done(ws, {
      status: "failed",
      status_details: { type: "failed", error: { code: "server_error", message: "It fell over." } },
    });
  if (instructions === "flood") {
    for (let count = 0; count < FLOOD_FRAMES; count += 1) ws.send(floodFrame);
    return;
  }
  for (const delta of ["Ahoy", ", ", "world."])
    say(ws, {
      type: "response.output_text.delta",
      response_id,
      item_id: "item_1",
      output_index: 0,
      content_index: 0,
      delta,
    });
  if (instructions === "hang") return;
  if (instructions === "break off") return ws.close(1011, "the vendor fell over");
  say(ws, { type: "response.output_text.done", response_id, item_id: "item_1", text: "Ahoy, world." });
  done(ws, { status: "completed", usage: realtimeUsage });
}

function done(ws: Ws, response: Record<string, unknown>): void {
  const output = [
    {
      id: "item_1",
      type: "message",
      role: "assistant",
      content: [
        { type: "output_text", text: "Ahoy, world." },
        { type: "output_audio", transcript: "Ahoy.", audio: "UklGRg==".repeat(100) },
      ],
    },
  ];
  say(ws, {
    type: "response.done",
    response: { object: "realtime.response", id: `resp_${ws.data.responses}`, output, ...response },
  });
}
