// Which policies are active, and that this process has them: from the folder as its files are, or from the database as it was
// decided there. What cannot be used is told, and what was active goes on.
import { isAppError, type World } from "../../kernel/index.ts";
import type { PolicyConfig } from "../config.ts";
import { type Active, contentOf } from "../engine/active.ts";
import type { PolicyText } from "../engine/policy-text.ts";
import { readPolicyFolder } from "./folder.ts";
import { requireSomebody } from "./lock-out.ts";
import type { StoredVersion, VersionStore } from "./store.ts";

export type Source = "shipped" | "folder" | "api";

export interface Following {
  /** The first look: throws where a folder cannot be used, or the database be asked. */
  begin(): Promise<void>;
  /** One look at whether there are others now. */
  see(): Promise<void>;
  current(): { source: Source; number: number | null };
  staleMs(): number | null;
}

export interface FollowingDeps {
  active: Active;
  world: Pick<World, "monotonicMs" | "log">;
  store: Pick<VersionStore, "state" | "find"> | undefined;
}

export function createFollowing({ folder }: PolicyConfig, { active, world, store }: FollowingDeps): Following {
  let known: { revision: number; number: number | null } | undefined;
  /** Of the version that decides here. */
  let number: number | null = null;
  let seen = "";
  let heardAtMs: number | undefined;

  function take(texts: readonly PolicyText[]): void {
    const candidate = active.compile(texts);
    try {
      requireSomebody(candidate.engine, undefined);
    } catch (error) {
      candidate.engine.release();
      throw error;
    }
    active.use(candidate);
  }

  function seeFolder(path: string): void {
    const texts = readPolicyFolder(path);
    const content = contentOf(texts);
    if (content === seen) return;
    seen = content;
    take(texts);
    world.log.info({ folder: path, content }, "policies of the folder are active");
  }

  /** A version that was written by another Binnacle may be none here: what was active goes on; at a start, nothing is allowed. */
  function takeStored(next: number | null, version: StoredVersion | undefined): void {
    try {
      active.use(active.compile(version?.texts ?? [], version?.content));
      number = next;
      if (known) world.log.info({ policies: next }, "other policies are active");
    } catch (error) {
      if (!isAppError(error)) throw error;
      world.log.error({ policies: next, err: error }, "the active policies are not understood here; roll them back");
    }
  }

  async function seeDatabase(from: Pick<VersionStore, "state" | "find">): Promise<void> {
    const { revision, active: next } = await from.state();
    if (known?.revision === revision) return;
    if (known === undefined || known.number !== next) {
      const version = next === null ? undefined : await from.find(next);
      takeStored(next, version);
    }
    known = { revision, number: next };
  }

  async function look(): Promise<void> {
    const askedAtMs = world.monotonicMs();
    if (folder !== undefined) seeFolder(folder);
    else if (store) await seeDatabase(store);
    heardAtMs = askedAtMs;
  }

  return {
    async begin() {
      if (folder === undefined && !store) return take([]);
      await look();
    },
    see: look,
    current: () => ({
      source: folder === undefined ? (number === null ? "shipped" : "api") : "folder",
      number,
    }),
    staleMs: () => (heardAtMs === undefined ? null : world.monotonicMs() - heardAtMs),
  };
}
