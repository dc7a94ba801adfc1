// What is told: facts about alerts, kept in the outbox as they were. How it looks, each channel says for itself.
import type { Alert } from "../states/alert.ts";

export interface Message {
  /** Stays the same over all tries. */
  id: string;
  atMs: number;
  /** Of several that belong together; what is told later of it comes later. */
  group: string;
  isTest: boolean;
  isRepeated: boolean;
  /** As many as a message holds; the counts say how many there are. */
  firing: Alert[];
  resolved: Alert[];
  firingCount: number;
  resolvedCount: number;
  /** Descriptions of the rules named. */
  descriptions: Readonly<Record<string, string>>;
  /** The address of this installation. */
  link: string | null;
}

/** Alerts of each sort that one message shows. */
export const SHOWN_MAX = 10;

/** What became of one try. */
export type Delivered =
  | { ok: true; detail: string }
  | { ok: false; isFinal: boolean; status: number | null; why: string; retryAfterMs?: number | undefined };

export interface Channel {
  /** Wants each alert in a message of its own. */
  readonly isAlone: boolean;
  /** Throws only where its secret cannot be read any more. */
  send(message: Message): Promise<Delivered>;
}
