// Data keys that were made here and may not be in PostgreSQL yet. They are in a file, wrapped, before anything is sealed with them:
// a process that dies, or a database that is away, leaves nothing sealed that could not be opened.
import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { KeyStore, NewKey } from "../store/key-store.ts";

export interface NewKeys {
  /** In the file when it returns. */
  add(key: NewKey): void;
  find(id: string): NewKey | undefined;
  /** Takes those of the file, and has PostgreSQL take all. Throws what it throws; they stay then. */
  flush(): Promise<void>;
  forget(isGone: (key: NewKey) => boolean): void;
}

interface Line extends Omit<NewKey, "wrapped"> {
  wrapped: string;
}

export function createNewKeys(folder: string, store: Pick<KeyStore, "insert">): NewKeys {
  const path = join(folder, "vault-keys.ndjson");
  const waiting = new Map<string, NewKey>(readLines(path).map((key) => [key.id, key]));

  return {
    add(key) {
      const line: Line = { ...key, wrapped: key.wrapped.toString("base64") };
      appendFileSync(path, `${JSON.stringify(line)}\n`, { mode: 0o600 });
      waiting.set(key.id, key);
    },
    find: (id) => waiting.get(id),
    async flush() {
      const keys = [...waiting.values()];
      if (keys.length === 0) return;
      await store.insert(keys);
      for (const { id } of keys) waiting.delete(id);
      // Those that came meanwhile are in the file too.
      if (waiting.size === 0) rmSync(path, { force: true });
    },
    forget(isGone) {
      for (const key of waiting.values()) if (isGone(key)) waiting.delete(key.id);
    },
  };
}

/** A line that was cut off was never used. */
function readLines(path: string): NewKey[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .flatMap((line) => {
      try {
        const { wrapped, ...key } = JSON.parse(line) as Line;
        return [{ ...key, wrapped: Buffer.from(wrapped, "base64") }];
      } catch {
        return [];
      }
    });
}
