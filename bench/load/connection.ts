// One keep-alive connection of the load generator: sends a call, times its answer, hangs up half-way when told to.
import { type AnswerReader, createAnswerReader } from "./answer-reader.ts";
import type { PreparedCall } from "./prepare-call.ts";

export interface TimedAnswer {
  status: number;
  body: string;
  /** From the first byte sent to the last byte received. */
  totalMs: number;
  /** To the first byte of the body; for a stream, the first token. */
  firstBodyMs: number;
  /** The caller hung up before the end, on purpose. */
  aborted: boolean;
}

export interface Connection {
  /** Connects if need be. Resolves, never rejects: what went wrong is an Error. */
  call(options?: CallOptions): Promise<TimedAnswer | Error>;
  close(): void;
}

interface CallOptions {
  /** Hangs up once this many bytes of body have come (0: as soon as the request is sent). */
  abortAfterBytes?: number | undefined;
  timeoutMs?: number;
  /** Shown the body each time that more of it has come: of an answer that breaks, nothing else is left. */
  onBody?: ((body: string) => void) | undefined;
}

const TIMEOUT_MS = 30_000;

type BunSocket = Awaited<ReturnType<typeof Bun.connect>>;

export function createConnection(prepared: PreparedCall): Connection {
  const reader = createAnswerReader();
  let socket: BunSocket | undefined;
  let running: Running | undefined;

  function finish(result: TimedAnswer | Error): void {
    const ended = running;
    running = undefined;
    if (!ended) return;
    clearTimeout(ended.timer);
    if (result instanceof Error || result.aborted || !reader.keepsAlive()) drop();
    ended.resolve(result);
  }

  function drop(): void {
    const dropped = socket;
    socket = undefined;
    dropped?.terminate();
  }

  function receive(bytes: Uint8Array): void {
    if (!running) return drop();
    try {
      const isComplete = reader.push(bytes);
      if (running.firstBodyMs === undefined && reader.body() !== "") running.firstBodyMs = performance.now();
      running.onBody?.(reader.body());
      if (isComplete) finish(timeAnswer(reader, running, false));
      else if (reader.body().length >= running.abortAfterBytes) finish(timeAnswer(reader, running, true));
    } catch (error) {
      finish(error instanceof Error ? error : new Error(String(error)));
    }
  }

  const handlers: SocketHandlers = {
    onData: (from, bytes) => void (from === socket && receive(bytes)),
    onGone(from, why) {
      if (from !== socket) return;
      socket = undefined;
      finish(new Error(why));
    },
  };

  return {
    async call({ abortAfterBytes = Infinity, timeoutMs = TIMEOUT_MS, onBody } = {}) {
      try {
        socket ??= await openSocket(prepared, handlers);
      } catch (error) {
        return new Error(`cannot connect: ${error instanceof Error ? error.message : String(error)}`);
      }
      reader.reset();
      return await new Promise((resolve) => {
        const timer = setTimeout(() => finish(new Error(`no whole answer within ${timeoutMs} ms`)), timeoutMs);
        running = { resolve, timer, abortAfterBytes, onBody, sentMs: performance.now(), firstBodyMs: undefined };
        const bytes = prepared.next();
        // A request is far smaller than an empty send buffer: less than all of it taken means that the peer has stalled.
        if (socket?.write(bytes) !== bytes.length) finish(new Error("the request could not be sent"));
        else if (abortAfterBytes === 0) setImmediate(() => running && finish(timeAnswer(reader, running, true)));
      });
    },
    close: drop,
  };
}

interface Running {
  resolve(result: TimedAnswer | Error): void;
  timer: ReturnType<typeof setTimeout>;
  abortAfterBytes: number;
  onBody: CallOptions["onBody"];
  sentMs: number;
  firstBodyMs: number | undefined;
}

function timeAnswer(reader: AnswerReader, { sentMs, firstBodyMs }: Running, aborted: boolean): TimedAnswer {
  const nowMs = performance.now();
  return {
    status: reader.status(),
    body: reader.body(),
    totalMs: nowMs - sentMs,
    firstBodyMs: (firstBodyMs ?? nowMs) - sentMs,
    aborted,
  };
}

interface SocketHandlers {
  onData(from: BunSocket, bytes: Uint8Array): void;
  onGone(from: BunSocket, why: string): void;
}

function openSocket({ hostname, port }: PreparedCall, { onData, onGone }: SocketHandlers): Promise<BunSocket> {
  return Bun.connect({
    hostname,
    port,
    socket: {
      data: onData,
      close: (from) => onGone(from, "the connection was closed before the answer was complete"),
      error: (from, error) => onGone(from, `the connection failed: ${error.message}`),
    },
  });
}
