// Follows what is changed, here and by other processes: asks for the revision about twice a second, and reads what has
// changed since the last one. A call asks nobody: what it needs lies in memory, and is put right from here.
import type { World } from "../../kernel/index.ts";
import { createFollower } from "../../storage/index.ts";
import type { RevisionStore } from "./store.ts";

export interface Following {
  /** Reads all there is, then goes on following. Throws when the database is away. */
  start(): Promise<void>;
  close(): Promise<void>;
  /** Resolves when what was changed before is known here; a database that is away now is asked again later. */
  catchUp(): Promise<void>;
  /** The last one that this process knows; 0 before the start. */
  revision(): number;
  /** When all was known up to then, by the monotonic clock; undefined before the start. */
  heardAtMs(): number | undefined;
  /** How old what is known may be; null before the start. */
  staleMs(): number | null;
}

export interface FollowingDeps {
  revisions: Pick<RevisionStore, "read">;
  world: Pick<World, "monotonicMs" | "log">;
  isAvailable(): boolean;
  /** Take in what was changed after a revision; 0 is everything. */
  readers: readonly ((since: number) => Promise<void>)[];
}

export function createFollowing(
  intervalMs: number,
  { revisions, world, isAvailable, readers }: FollowingDeps,
): Following {
  const { log } = world;
  let known = 0;
  let heardAtMs: number | undefined;
  const follower = createFollower(
    { intervalMs, isAvailable, log, what: "changes of keys, users, teams and projects" },
    see,
  );

  async function see(): Promise<void> {
    const askedAtMs = world.monotonicMs();
    const revision = await revisions.read();
    if (revision !== known) {
      // A database that was set back to an older state has fewer: then nothing that is known holds.
      const since = revision < known ? 0 : known;
      for (const read of readers) await read(since);
      known = revision;
    }
    heardAtMs = askedAtMs;
  }

  return {
    async start() {
      // Without them no caps of theirs would hold: a start that cannot read them is none.
      await see();
      await follower.start();
    },
    close: follower.close,
    catchUp: follower.look,
    revision: () => known,
    heardAtMs: () => heardAtMs,
    staleMs: () => (heardAtMs === undefined ? null : world.monotonicMs() - heardAtMs),
  };
}
