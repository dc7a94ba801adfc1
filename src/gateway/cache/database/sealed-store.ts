// Kept answers as they lie in PostgreSQL where stored content is sealed: for whom they are kept, and bound to their key.
import { isSealed } from "../../../kernel/index.ts";
import { OWN_ORGANISATION } from "../../../policy/index.ts";
import type { Scope } from "../key/scope.ts";
import type { KeptAnswer } from "../kept-answer.ts";
import type { CacheStore } from "./store.ts";

/** The vault's part. */
export interface CacheSealer {
  /** Whether what is kept is sealed from now on. */
  enabled: boolean;
  seal(
    plain: Uint8Array,
    at: {
      owner: { organisation: string; project: string | null; user: string | null; keyId: string };
      place: string;
    },
  ): Uint8Array;
  /** What is not sealed as it is; undefined where its key was destroyed. */
  open(bytes: Uint8Array, place: string): Uint8Array | undefined | Promise<Uint8Array | undefined>;
}

/** Before what is sealed: whether it was text. */
const [BYTES, TEXT] = [0, 1];

export function createSealedStore(store: CacheStore, sealer: CacheSealer): CacheStore {
  function sealed(kept: KeptAnswer): KeptAnswer {
    const { body, key, scope } = kept;
    const plain =
      typeof body === "string"
        ? Buffer.concat([Buffer.of(TEXT), Buffer.from(body)])
        : Buffer.concat([Buffer.of(BYTES), body]);
    return { ...kept, body: sealer.seal(plain, { owner: ownerOf(scope), place: placeOf(key) }) };
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

/** Who shares it: what is shared by more than one of them is erased with what they share alone. */
function ownerOf(scope: string) {
  const {
    organisation = OWN_ORGANISATION,
    project = null,
    user = null,
    key_id: keyId = "cache",
  } = JSON.parse(scope) as Scope;
  return { organisation, project, user, keyId };
}
