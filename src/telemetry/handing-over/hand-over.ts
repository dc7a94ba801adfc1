// Where much telemetry comes, the aide takes it in, a process of its own: else calls wait behind spans for the one thread that
// both need. Until it is there, and where it is gone, each process takes in what came to it.
import { AppError, toAppError, type World } from "../../kernel/index.ts";
import type { Peers } from "../../workers/index.ts";
import type { Encoding, Outcome, Signal } from "../wire/answers.ts";
import type { Sender } from "../wire/wire-span.ts";

/** A request as it goes from process to process: still packed. */
export interface Handed {
  signal: Signal;
  encoding: Encoding;
  packing: string | null;
  body: Uint8Array;
  sender: Sender;
}

export interface HandOver {
  /** What the aide made of it, or undefined: then it is this process's. Throws what the aide threw. */
  offer(given: Handed): Promise<Outcome | undefined>;
  /** So many records were taken in here. */
  tookIn(records: number): void;
}

export interface HandOverDeps {
  world: Pick<World, "monotonicMs" | "log">;
  peers: Pick<Peers, "role" | "aide" | "answer">;
  /** How the aide takes it in. */
  take(given: Handed): Promise<Outcome>;
}

const TAKE_IN = "telemetry";
/** A burst is soon over; what lasts this long is worth a process. */
const WINDOW_MS = 10_000;
/** Of what has it started, so much keeps it: else it would come and go. */
const KEEPING_SHARE = 1 / 4;

type Reply =
  | { outcome: Outcome }
  | { refused: Pick<AppError, "code" | "status" | "retry" | "message" | "fix" | "params"> };

/** `recordsFrom`: records a second, from which on the aide is wanted; 0 never. */
export function createHandOver(recordsFrom: number, { world, peers, take }: HandOverDeps): HandOver {
  const windowRecords = (recordsFrom * WINDOW_MS) / 1000;
  let window = { endsMs: 0, records: 0, isEnough: false };

  /** Has the aide started or kept where this window has brought so much, and says so once. */
  function count(records: number, enough: number): void {
    const nowMs = world.monotonicMs();
    if (nowMs >= window.endsMs) window = { endsMs: nowMs + WINDOW_MS, records: 0, isEnough: false };
    window.records += records;
    if (windowRecords === 0 || window.isEnough || window.records < enough) return;
    window.isEnough = true;
    peers.aide.want();
  }

  async function replyTo(given: Handed): Promise<Reply> {
    try {
      return { outcome: await take(given) };
    } catch (error) {
      const { code, status, retry, message, fix, params, cause } = toAppError(error);
      if (code === "kernel.internal") world.log.error({ err: cause }, "an export failed in the aide");
      return { refused: { code, status, retry, message, fix, params } };
    }
  }

  // Only this same program asks and answers.
  if (peers.role === "aide") peers.answer(TAKE_IN, (input) => replyTo(input as Handed));
  return {
    async offer(given) {
      if (!peers.aide.isReady()) return undefined;
      const reply = (await peers.aide.ask(TAKE_IN, { ...given, body: alone(given.body) })) as Reply | undefined;
      if (reply === undefined) return undefined;
      if ("refused" in reply) throw new AppError(reply.refused);
      count(reply.outcome.accepted + reply.outcome.rejected, windowRecords * KEEPING_SHARE);
      return reply.outcome;
    },
    tookIn: (records) => count(records, windowRecords),
  };
}

/** Without what else lies in the same memory, which would go along. */
function alone(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
}
