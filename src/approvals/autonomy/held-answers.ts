// Answers that wait for an approval, by who asked what: sealed for their owner where stored content is sealed.
import type { ContentSealer, DataOwner } from "../../kernel/index.ts";
import { payloadHash, type Person, voterOf } from "../request.ts";
import type { HeldAnswer, HeldKey, HeldStore } from "../store/held.ts";

export interface HeldAnswers {
  /** Undefined where none is held, or nobody can read it any more. */
  find(person: Person, request: string): Promise<HeldAnswer | undefined>;
  put(person: Person, request: string, held: HeldAnswer): Promise<void>;
  remove(person: Person, request: string): Promise<void>;
}

interface HeldAnswersDeps {
  store: HeldStore;
  withinMs: number;
  sealer: ContentSealer | undefined;
}

export function createHeldAnswers({ store, withinMs, sealer }: HeldAnswersDeps): HeldAnswers {
  return {
    async find(person, request) {
      const key = keyOf(person, request);
      const held = await store.find(key, withinMs);
      if (!held || !sealer) return held;
      const body = await sealer.open(held.body, placeOf(key));
      return body && { ...held, body };
    },
    async put(person, request, held) {
      const key = keyOf(person, request);
      const body = sealer?.enabled
        ? sealer.seal(held.body, { owner: ownerOf(person), place: placeOf(key) })
        : held.body;
      await store.put(key, { ...held, body });
    },
    remove: (person, request) => store.remove(keyOf(person, request)),
  };
}

function keyOf(person: Person, request: string): HeldKey {
  return { asker: `${person.organisation} ${voterOf(person)}`, requestHash: payloadHash(request) };
}

const placeOf = ({ asker, requestHash }: HeldKey): string => `held answer ${asker} ${requestHash}`;

function ownerOf({ organisation, project = null, user, id }: Person): DataOwner {
  return { organisation, project, user, keyId: id };
}
