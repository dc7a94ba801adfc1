// The other processes of this installation on this machine, as a room sees them: they can be asked things. Rooms that
// keep something in memory alone, and must speak for all, say here how they answer and whom they ask.
import type { Worker } from "./contract.ts";

/** JSON, or with bytes in it: it goes from process to process. */
export type Reply = (input: unknown) => unknown;

export interface Answer {
  number: number;
  value: unknown;
}

/** What an aide is started with. */
export interface Meeting {
  port: number;
  /** Null where nobody listens for TLS. */
  tlsPort: number | null;
  databaseUrl: string;
  /** Its folder is nobody else's from then on. */
  aideMayStart: Promise<void>;
}

/** A process beside those that answer calls, for work that would hold these up. It is there while it is wanted, and for a time after. */
export interface Aide {
  /** Has it started soon, where it is not there, and kept, where it is. Does nothing in the aide itself. */
  want(): void;
  isReady(): boolean;
  /** What the aide answers; undefined where there is none, or none any more. Never throws. */
  ask(topic: string, input: unknown): Promise<unknown>;
}

export interface Peers {
  /** Of this process; 1 is the first, which has the data folder and the database. */
  readonly number: number;
  readonly role: Worker["role"];
  /** Of those that answer calls. */
  readonly count: number;
  /** Where the first process listens for TLS, and the others with it; null where it does not, and in the first itself. */
  readonly tlsPort: number | null;
  readonly aide: Aide;
  /** This process serves. The first one starts the others then, and resolves when each is ready or has failed once. */
  start(meeting: Meeting): Promise<void>;
  /** What all others answer; those are left out who give no answer within a second. Never throws. */
  ask(topic: string, input?: unknown): Promise<Answer[]>;
  /** How this process answers such a question, unless it throws: then it is left out. */
  answer(topic: string, reply: Reply): void;
  /** How all are doing; null where that is not known: the first process knows. */
  states(): Worker[] | null;
  /** The first one ends the others, and resolves when they have ended. */
  close(): Promise<void>;
}

/** Of an installation on this machine, at most: an aide may come at any time. */
export const countProcesses = ({ count }: Pick<Peers, "count">): number => count + 1;

export const noAide: Aide = {
  want: () => undefined,
  isReady: () => false,
  ask: () => Promise.resolve(undefined),
};

/** One process and no other. */
export const alone: Peers = {
  number: 1,
  role: "worker",
  count: 1,
  tlsPort: null,
  aide: noAide,
  start: () => Promise.resolve(),
  ask: () => Promise.resolve([]),
  answer: () => undefined,
  states: () => null,
  close: () => Promise.resolve(),
};
