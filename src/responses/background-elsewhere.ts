// An answer that is worked on lives in one process; those who ask for it may come to any of those that share the port.
import type { Peers } from "../workers/index.ts";
import type { Background } from "./background.ts";

export interface SharedBackground extends Pick<Background, "start" | "cancel" | "close"> {
  /** The response as it stands now, wherever it is worked on; undefined when it is nowhere. */
  find(id: string, keyId: string): Promise<Record<string, unknown> | undefined>;
}

const FIND = "background_find";
const CANCEL = "background_cancel";

interface Asked {
  id: string;
  keyId: string;
}

export function withPeers(here: Background, peers: Peers): SharedBackground {
  // Only this same program asks and answers.
  peers.answer(FIND, (input) => here.find((input as Asked).id, (input as Asked).keyId) ?? null);
  peers.answer(CANCEL, (input) => here.cancel((input as Asked).id, (input as Asked).keyId));
  return {
    start: here.start,
    close: here.close,
    async find(id, keyId) {
      const found = here.find(id, keyId);
      if (found) return found;
      const answers = await peers.ask(FIND, { id, keyId });
      return (
        answers.map(({ value }) => value as Record<string, unknown> | null).find((value) => value !== null) ?? undefined
      );
    },
    async cancel(id, keyId) {
      if (await here.cancel(id, keyId)) return true;
      const answers = await peers.ask(CANCEL, { id, keyId });
      return answers.some(({ value }) => value === true);
    },
  };
}
