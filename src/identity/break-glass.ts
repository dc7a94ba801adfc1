// The first admin key opens when nothing else does. Where people sign in otherwise, each use of it is an alarm: a line in the log at
// warn, an entry in the audit trail, and a count that alerts can be made of.
import type { Principal } from "../governance/index.ts";
import type { World } from "../kernel/index.ts";
import { entryOf, type IdentityAudit } from "./audit.ts";
import type { TriesStore } from "./store/tries-store.ts";

export interface BreakGlass {
  /** Whoever came by a key, and for what. Costs a comparison where it is not the first one; never throws, and nobody waits. */
  see(principal: Principal, use: { what: string; address: string }): void;
  /** Of the hour since its first use, by all processes; undefined where it was not used of late. */
  usesOfLate(): Promise<{ count: number; sinceMs: number } | undefined>;
}

export interface BreakGlassDeps {
  firstKeyId(): Promise<string | undefined>;
  /** Whether anybody else can come in as an admin. */
  hasPeople(): Promise<boolean>;
  tries: Pick<TriesStore, "count" | "read">;
  world: Pick<World, "nowMs" | "log">;
  audit: IdentityAudit;
}

const WHAT = "break_glass";
const WINDOW_MS = 3_600_000;
/** One page of the console asks many times: those within a minute are told as one. */
const QUIET_MS = 60_000;

export function createBreakGlass(mode: "auto" | "always" | "never", deps: BreakGlassDeps): BreakGlass {
  const { world, audit, tries } = deps;
  let firstKey: string | undefined;
  let toldAtMs = Number.NEGATIVE_INFINITY;

  async function tell({ keyId }: Principal, { what, address }: { what: string; address: string }): Promise<void> {
    if (mode === "auto" && !(await deps.hasPeople())) return;
    world.log.warn({ key: keyId, what, address }, "break-glass: the first admin key was used");
    const actor = { kind: "key", name: keyId } as const;
    const entry = entryOf({ action: "break_glass_used", actor, details: { what }, address });
    await Promise.all([
      audit.note({ ...entry, resource: { type: "key", id: keyId } }),
      tries.count(WHAT, { nowMs: world.nowMs(), windowMs: WINDOW_MS }),
    ]);
  }

  async function learn(): Promise<void> {
    firstKey ??= await deps.firstKeyId();
  }

  return {
    see(principal, use) {
      if (mode === "never" || (firstKey !== undefined && principal.keyId !== firstKey)) return;
      if (world.nowMs() - toldAtMs < QUIET_MS) return;
      void learn()
        .then(async () => {
          if (principal.keyId !== firstKey || world.nowMs() - toldAtMs < QUIET_MS) return;
          toldAtMs = world.nowMs();
          await tell(principal, use);
        })
        .catch((err: unknown) =>
          world.log.warn({ err, key: principal.keyId }, "break-glass: a use could not be written down"),
        );
    },
    async usesOfLate() {
      const found = await tries.read(WHAT, world.nowMs());
      return found && { count: found.count, sinceMs: found.untilMs - WINDOW_MS };
    },
  };
}
