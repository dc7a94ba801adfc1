// The way between the first process and one of its workers: messages in order, until one of both has ended. Small ones, but for
// what the aide is handed.
import type { Answer } from "./peers.ts";

export type Message =
  | { kind: "ready" }
  /** Of whoever gets it alone. */
  | { kind: "question"; id: number; topic: string; input: unknown }
  /** From a worker: of everybody else. */
  | { kind: "question-to-all"; id: number; topic: string; input: unknown }
  /** From a worker: of the aide. */
  | { kind: "question-to-aide"; id: number; topic: string; input: unknown }
  | { kind: "answer"; id: number; answers: Answer[] }
  /** From a worker: an aide would be of use, or is. */
  | { kind: "aide-wanted" }
  /** To a worker: whether there is one now. */
  | { kind: "aide"; isReady: boolean };

/** A worker's end of it. */
export interface Channel {
  /** Does nothing once the other has ended. */
  send(message: Message): void;
  onMessage(hear: (message: Message) => void): void;
}
