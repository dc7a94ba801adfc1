// A vendor that tells a story in every dialect there is, and breaks off where it is told to; asked to go on, it tells the rest. It
// remembers what it was asked.
import type { ChatEvent, ChatRequest, DialectName } from "../../../src/providers/contract.ts";
import { dialectOf } from "../../../src/providers/index.ts";

export type Trouble = "cut" | "silence" | "garbage" | "error";

export interface StorySettings {
  /** How many of the pieces are told before the trouble; all, and no trouble, where it is left out. */
  breaksAfter?: number | undefined;
  trouble: Trouble;
  /** Answers everything with 503. */
  isDown?: boolean;
  /** Answers nothing at all. */
  isSilent?: boolean;
  /** What is told from the beginning. */
  pieces: readonly string[];
  /** What is told when it is asked to go on; the rest of the story where it is left out. */
  rest?: readonly string[] | undefined;
  /** The same of the rest. */
  restBreaksAfter?: number | undefined;
  /** Said before the story's first piece. */
  before: readonly ChatEvent[];
  /** Said after its last piece. */
  after: readonly ChatEvent[];
}

export interface Storyteller {
  origin: string;
  settings: StorySettings;
  /** How often it was asked anything at all. */
  requests(): number;
  /** What it was asked, in canonical form, the latest last. */
  asked: ChatRequest[];
  close(): Promise<void>;
}

export const STORY = ["Once upon ", "a time the ", "sea was calm, ", "and nobody ", "was afraid."] as const;
export const GO_ON = /^Your answer was cut off/;

export function startStoryteller(name: string): Storyteller {
  const settings: StorySettings = { trouble: "cut", pieces: STORY, before: [], after: [] };
  const asked: ChatRequest[] = [];
  let requests = 0;
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 0,
    async fetch(request) {
      requests += 1;
      const { pathname } = new URL(request.url);
      if (settings.isSilent) await new Promise(() => undefined);
      if (settings.isDown) return Response.json({ error: { message: "down" } }, { status: 503 });
      if (request.method === "GET") return Response.json({ data: [{ id: "story" }] });
      const dialect = dialectAt(pathname);
      const { caller } = dialectOf(dialect);
      const stream = caller.streamsUnasked === true || /stream/i.test(pathname);
      const body = { model: "story", stream, ...((await request.json()) as object) };
      const said = caller.readRequest(body);
      asked.push(said);
      const encoder = caller.createEncoder({ request: said, told: [], framing: "events" });
      const events = storyFor(said, settings, name);
      if (!said.stream) return Response.json(caller.writeAnswer(events, []));
      const written = events.map((event) => Buffer.from(encoder.write(event)));
      return new Response(tell(written, events.at(-1)?.type === "end" ? undefined : settings.trouble), {
        headers: { "content-type": caller.streamType ?? "text/event-stream" },
      });
    },
  });
  return { origin: server.url.origin, settings, asked, requests: () => requests, close: () => server.stop(true) };
}

function dialectAt(pathname: string): DialectName {
  if (pathname.endsWith("/chat/completions")) return "openai-chat";
  if (pathname.endsWith("/responses")) return "openai-responses";
  if (pathname.endsWith("/messages")) return "anthropic-messages";
  if (pathname.endsWith("/converse-stream")) return "bedrock-converse";
  if (pathname.endsWith("/v2/chat")) return "cohere-chat";
  return pathname.endsWith("/api/chat") ? "ollama-chat" : "gemini";
}

function storyFor({ messages }: ChatRequest, settings: StorySettings, name: string): ChatEvent[] {
  const { pieces, rest, before, after } = settings;
  const last = messages.at(-1)?.parts[0];
  const goesOn = last?.type === "text" && GO_ON.test(last.text);
  const toldPart = goesOn ? messages.at(-2)?.parts[0] : undefined;
  const told = toldPart?.type === "text" ? toldPart.text : "";
  const texts = goesOn ? (rest ?? [pieces.join("").slice(told.length)]) : pieces;
  const start: ChatEvent = { type: "start", id: `id-${name}`, model: `story-of-${name}`, created_s: 1_700_000_000 };
  const text = texts.map((piece): ChatEvent => ({ type: "text", choice: 0, text: piece }));
  const breaksAfter = goesOn ? settings.restBreaksAfter : settings.breaksAfter;
  if (breaksAfter !== undefined) return [start, ...before, ...text.slice(0, breaksAfter)];
  const usage = { input: 10, output: texts.length, cache_read: 0, cache_write: 0, reasoning: 0 };
  return [
    start,
    ...before,
    ...text,
    ...after,
    { type: "finish", choice: 0, reason: "stop", raw_reason: "stop" },
    { type: "usage", usage },
    { type: "end" },
  ];
}

/** A pause after each event, so that none is swallowed by the break. */
function tell(events: Uint8Array[], trouble: Trouble | undefined): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async start(controller) {
      for (const event of events) {
        if (event.length > 0) controller.enqueue(event);
        await Bun.sleep(1);
      }
      if (trouble === undefined || trouble === "cut") return controller.close();
      if (trouble === "silence") return;
      if (trouble === "garbage") controller.enqueue(Buffer.from("data: {{{ not JSON\n\n"));
      else controller.enqueue(Buffer.from('event: error\ndata: {"error":{"message":"overloaded","type":"x"}}\n\n'));
    },
  });
}
