// Kill switches: thrown and lifted by whoever runs the platform, known to every process within a second, and kept in memory,
// so that they hold while PostgreSQL is away.
import { newId, type World } from "../../kernel/index.ts";
import { OWN_ORGANISATION } from "../../policy/index.ts";
import type { RevisionStore } from "../changes/store.ts";
import { governanceErrors } from "../errors.ts";
import type { Principal } from "../principal.ts";
import type { AuditWriter } from "../../audit/index.ts";
import type { Switch, ThrowSwitch } from "./contract.ts";
import type { ByWhom, SwitchStore } from "./store.ts";
import { createThrown, type Thrown } from "./thrown.ts";

export interface Switches {
  /** Undefined while nothing is switched off: all that a call asks then. */
  readonly thrown: Thrown | undefined;
  list(query: { state: "thrown" | "all"; limit: number }): Promise<Switch[]>;
  /** Throws `governance.switch_ends_early` and `governance.switches_full`. Back when all processes here know it. */
  throw(wish: ThrowSwitch, by: Principal): Promise<Switch>;
  /** Throws `governance.switch_unknown`. */
  lift(id: string, by: Principal): Promise<Switch>;
  /** Takes in what was changed after a revision; 0 is everything. */
  follow(since: number): Promise<void>;
}

export interface SwitchesDeps {
  store: SwitchStore;
  write: RevisionStore["write"];
  world: Pick<World, "nowMs" | "log">;
  audit: AuditWriter;
}

export function createSwitches(switchesMax: number, { store, write, world, audit }: SwitchesDeps): Switches {
  let thrown: Thrown | undefined;
  const { log } = world;

  const entryFor = (action: string, off: Switch, by: Principal) => ({
    action,
    actor: { ...byWhomOf(by), organisation: by.organisation },
    resource: { type: off.kind, id: off.name },
    organisation: OWN_ORGANISATION,
    outcome: "ok" as const,
    details: { switch: off.id, reason: off.reason, ends_at_ms: off.ends_at_ms },
  });

  return {
    get thrown() {
      return thrown;
    },
    list: ({ state, limit }) => (state === "all" ? store.all(limit) : store.thrown(limit)),
    throw: (wish, by) => {
      if (wish.ends_at_ms !== null && wish.ends_at_ms <= world.nowMs()) throw governanceErrors.switch_ends_early({});
      if (wish.kind === "installation" && wish.name !== "*") throw governanceErrors.switch_names_installation({});
      return write(async (writing) => {
        if ((await store.count(writing)) >= switchesMax) throw governanceErrors.switches_full({ max: switchesMax });
        const off = await store.insert(writing, { ...wish, id: newId(), by: byWhomOf(by) });
        await audit.record(writing.transaction, entryFor("throw_switch", off, by));
        log.warn({ switch: off.id, kind: off.kind, name: off.name, reason: off.reason }, "a kill switch was thrown");
        return off;
      });
    },
    lift: (id, by) =>
      write(async (writing) => {
        const off = await store.lift(writing, id, byWhomOf(by));
        if (!off) throw governanceErrors.switch_unknown({ id });
        await audit.record(writing.transaction, entryFor("lift_switch", off, by));
        log.warn({ switch: off.id, kind: off.kind, name: off.name }, "a kill switch was lifted");
        return off;
      }),
    async follow(since) {
      if (since > 0 && !(await store.hasChangedSince(since))) return;
      // What is not lifted holds, however many there are: the bound is on throwing.
      thrown = createThrown(await store.thrown(switchesMax * 2), world.nowMs);
    },
  };
}

function byWhomOf({ kind, keyId, keyName }: Principal): ByWhom {
  return { kind, id: keyId, name: keyName };
}
