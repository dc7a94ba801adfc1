// Records that another process of this installation closed a moment ago: until they are in PostgreSQL, it alone has them.
import type { Peers } from "../../workers/index.ts";
import type { CallRecord } from "../contract.ts";
import type { CallBodies } from "../store/reading.ts";
import type { HeldHere } from "./held-here.ts";

export interface HeldElsewhere {
  findCall(id: string): Promise<CallRecord | undefined>;
  readBodies(id: string): Promise<CallBodies | undefined>;
}

const RECORD = "ledger_record";
const BODIES = "ledger_bodies";

interface Asked {
  id: string;
}

/** As JSON takes them. */
type SentBodies = { [Part in keyof CallBodies]: string | null };

export function createHeldElsewhere(peers: Peers, here: HeldHere): HeldElsewhere {
  // Only this same program asks and answers.
  peers.answer(RECORD, (input) => here.find((input as Asked).id)?.record ?? null);
  peers.answer(BODIES, (input) => {
    const bodies = here.bodies((input as Asked).id);
    return bodies ? { request: textOf(bodies.request), response: textOf(bodies.response) } : null;
  });

  async function ask<T>(topic: string, id: string): Promise<T | undefined> {
    const answers = await peers.ask(topic, { id });
    return answers.map(({ value }) => value as T | null).find((value) => value !== null) ?? undefined;
  }

  return {
    findCall: (id) => ask<CallRecord>(RECORD, id),
    async readBodies(id) {
      const sent = await ask<SentBodies>(BODIES, id);
      return sent && { request: bytesOf(sent.request), response: bytesOf(sent.response) };
    },
  };
}

function textOf(bytes: Uint8Array | null): string | null {
  return bytes && Buffer.from(bytes).toString("base64");
}

function bytesOf(text: string | null): Uint8Array | null {
  return text === null ? null : Buffer.from(text, "base64");
}
