// Kept answers as they lie in PostgreSQL where stored content is sealed: for whom they are kept, and bound to their key.
import { type ContentSealer, isSealed } from "../../../kernel/index.ts";
import { ownerOfScope } from "../key/scope.ts";
import type { KeptAnswer } from "../kept-answer.ts";
import type { CacheStore } from "./store.ts";

/** Before what is sealed: whether it was text. */
const [BYTES, TEXT] = [0, 1];

export function createSealedStore(store: CacheStore, sealer: ContentSealer): CacheStore {
  function sealed(kept: KeptAnswer): KeptAnswer {
    const { body, key, scope } = kept;
    const plain =
      typeof body === "string"
        ? Buffer.concat([Buffer.of(TEXT), Buffer.from(body)])
        : Buffer.concat([Buffer.of(BYTES), body]);
    return { ...kept, body: sealer.seal(plain, { owner: ownerOfScope(scope), place: placeOf(key) }) };
  }

  async function opened(kept: KeptAnswer): Promise<KeptAnswer[]> {
    const { body, key } = kept;
    if (typeof body === "string" || !isSealed(body)) return [kept];
    const plain = await sealer.open(body, placeOf(key));
    if (!plain) return [];
    const said = Buffer.from(plain.subarray(1));
    return [{ ...kept, body: plain[0] === TEXT ? said.toString("utf8") : said }];
  }

  return {
    ...store,
    write: (answers, nowMs) => store.write(sealer.enabled ? answers.map(sealed) : answers, nowMs),
    read: async (keys, nowMs) => (await Promise.all((await store.read(keys, nowMs)).map(opened))).flat(),
  };
}

const placeOf = (key: string): string => `kept answer ${key}`;
