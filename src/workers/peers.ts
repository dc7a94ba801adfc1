// The other processes of this installation on this machine, as a room sees them: they can be asked things. Rooms that
// keep something in memory alone, and must speak for all, say here how they answer and whom they ask.
import type { Worker } from "./contract.ts";

/** JSON: it goes from process to process. */
export type Reply = (input: unknown) => unknown;

export interface Answer {
  number: number;
  value: unknown;
}

export interface Peers {
  /** Of this process; 1 is the first, which has the data folder and the database. */
  readonly number: number;
  readonly count: number;
  /** This process serves. The first one starts the others then, and resolves when each is ready or has failed once. */
  start(place: { port: number; databaseUrl: string }): Promise<void>;
  /** What all others answer; those are left out who give no answer within a second. Never throws. */
  ask(topic: string, input?: unknown): Promise<Answer[]>;
  /** How this process answers such a question, unless it throws: then it is left out. */
  answer(topic: string, reply: Reply): void;
  /** How all are doing; null where that is not known: the first process knows. */
  states(): Worker[] | null;
  /** The first one ends the others, and resolves when they have ended. */
  close(): Promise<void>;
}

/** One process and no other. */
export const alone: Peers = {
  number: 1,
  count: 1,
  start: () => Promise.resolve(),
  ask: () => Promise.resolve([]),
  answer: () => undefined,
  states: () => null,
  close: () => Promise.resolve(),
};
