// The way between the first process and one of its workers: small JSON messages, in order, until one of both has ended.
import type { Answer } from "./peers.ts";

export type Message =
  | { kind: "ready" }
  /** Of whoever gets it alone. */
  | { kind: "question"; id: number; topic: string; input: unknown }
  /** From a worker: of everybody else. */
  | { kind: "question-to-all"; id: number; topic: string; input: unknown }
  | { kind: "answer"; id: number; answers: Answer[] };

/** A worker's end of it. */
export interface Channel {
  /** Does nothing once the other has ended. */
  send(message: Message): void;
  onMessage(hear: (message: Message) => void): void;
}
