// The first key that an installation has: made where there is none, and the one that opens when nothing else does.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OWN_ORGANISATION } from "../../policy/index.ts";
import { waitingForDatabase } from "../../storage/index.ts";
import { createKeySchema } from "../contract.ts";
import { generateKey, hashKey, parseKey } from "./key-format.ts";
import type { KnownKeys } from "./known-keys.ts";
import type { KeyStore } from "./store.ts";

export interface FirstKey {
  /** Makes the first admin key where the installation has no key at all, and writes it to `<home>/admin.key`. */
  ensureAdminKey(): Promise<{ path: string; isNew: boolean }>;
  /** The id of the key in `<home>/admin.key`; undefined where there is none. */
  adminKeyId(): string | undefined;
  /** The id of the first key that there ever was: the one that opens when nothing else does. Known once it was asked for. */
  firstKeyId(): Promise<string | undefined>;
}

interface FirstKeyDeps {
  keys: Pick<KeyStore, "insertFirst" | "firstId">;
  knownKeys: Pick<KnownKeys, "find">;
  home: string;
  installationSecret: string;
}

const ADMIN_KEY = {
  ...createKeySchema.parse({ name: "first admin key", scopes: ["admin"] }),
  organisation: OWN_ORGANISATION,
};

export function createFirstKey({ keys, knownKeys, home, installationSecret }: FirstKeyDeps): FirstKey {
  const path = join(home, "admin.key");
  let first: string | undefined;
  return {
    async ensureAdminKey() {
      const { id, key } = generateKey();
      const isNew = await keys.insertFirst({ ...ADMIN_KEY, id, hash: hashKey(key, installationSecret) });
      if (isNew) writeFileSync(path, `${key}\n`, { mode: 0o600 });
      // Known from now on: it must open while the database is away, too.
      const firstId = await keys.firstId();
      first = firstId;
      if (firstId !== undefined) await waitingForDatabase(() => knownKeys.find(firstId));
      return { path, isNew };
    },
    adminKeyId: () => keyIdIn(path),
    firstKeyId: async () => (first ??= await keys.firstId()),
  };
}

function keyIdIn(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  const parsed = parseKey(readFileSync(path, "utf8").trim());
  return "id" in parsed ? parsed.id : undefined;
}
