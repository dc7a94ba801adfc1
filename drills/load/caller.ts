// Makes calls and says how each ended, as its caller saw it. Connections are the benchmark's; how many calls there are and
// when is decided in call-at-rate.ts.
import { type Connection, createConnection } from "../../bench/load/connection.ts";
import type { PreparedCall } from "../../bench/load/prepare-call.ts";
import { type PlannedCall, prepare } from "./planned-call.ts";

export interface CallEnding {
  tag: string;
  /** As planned. */
  isInstant: boolean;
  /**
   * `answered`: all of a JSON answer with status 200, or a stream up to `[DONE]`, has come. `refused`: an error was
   * answered instead. `cut`: the connection gave neither.
   */
  how: "answered" | "refused" | "cut";
  /** performance.now() when it was sent. */
  sentMs: number;
  totalMs: number;
  /** For all but answers. */
  why: string;
}

export interface Caller {
  /** Never rejects. */
  call(planned: PlannedCall): Promise<CallEnding>;
  close(): void;
}

const DONE = "data: [DONE]\n\n";
const WHY_LENGTH_MAX = 200;

export function createCaller(server: { url: string; key: string }): Caller {
  const idle: Line[] = [];

  async function call(planned: PlannedCall): Promise<CallEnding> {
    const line = idle.pop() ?? createLine(server);
    const sentMs = performance.now();
    let isDone = false;
    line.load(prepare(planned, server));
    const answer = await line.connection.call({ onBody: (body) => void (isDone ||= body.endsWith(DONE)) });
    idle.push(line);
    const totalMs = performance.now() - sentMs;
    const { tag, isInstant } = planned;
    return { tag, isInstant, sentMs, totalMs, ...judgeAnswer(answer, planned.stream ? isDone : undefined) };
  }

  return {
    call,
    close() {
      for (const { connection } of idle.splice(0)) connection.close();
    },
  };
}

/** A connection that sends another request each time. */
interface Line {
  connection: Connection;
  load(next: PreparedCall): void;
}

function createLine({ url }: { url: string }): Line {
  const { hostname, port } = new URL(url);
  let loaded: PreparedCall | undefined;
  const next = (): Uint8Array => {
    if (!loaded) throw new Error("no request is loaded");
    return loaded.next();
  };
  return {
    connection: createConnection({ hostname, port: Number(port), next }),
    load: (prepared) => void (loaded = prepared),
  };
}

/** `isDone` is undefined where no stream was asked for. A stream that broke after `[DONE]` was answered all the same. */
export function judgeAnswer(
  answer: { status: number; body: string } | Error,
  isDone: boolean | undefined,
): Pick<CallEnding, "how" | "why"> {
  if (isDone) return { how: "answered", why: "" };
  if (answer instanceof Error) return { how: "cut", why: answer.message };
  if (answer.status === 200 && isDone === undefined && isJson(answer.body)) return { how: "answered", why: "" };
  const said = answer.status === 200 ? `it did not end well: ${answer.body.slice(-WHY_LENGTH_MAX)}` : answer.body;
  return { how: "refused", why: `${answer.status}: ${said.slice(0, WHY_LENGTH_MAX)}` };
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}
