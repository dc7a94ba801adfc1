// What a master key does, wherever it lies.
import type { SecretSources, World } from "../../kernel/index.ts";

export interface Master {
  /** For people: `env:…`, `file:…`, `kms:…`. */
  name: string;
  wrap(secret: Uint8Array): Promise<string>;
  /** Undefined where it was not wrapped by this one. */
  unwrap(wrapped: string): Promise<Uint8Array | undefined>;
}

export interface MasterDeps {
  secrets: SecretSources;
  world: Pick<World, "fetch">;
  /** Where `vault.key` lies, unless a master key is given. */
  folder: string;
}

export interface Masters {
  /** Wraps from now on. */
  present: Master;
  /** May have wrapped what there is. */
  former: readonly Master[];
}
