// Legal holds: data that neither retention nor erasure may take.
import { newId, type World } from "../kernel/index.ts";
import type { DataSubject, LegalHold } from "./contract.ts";
import { vaultErrors } from "./errors.ts";
import type { HoldStore } from "./store/hold-store.ts";

export interface Holding {
  hold(subject: DataSubject, about: { reason: string; by: string }): Promise<LegalHold>;
  holds(limit: number): Promise<LegalHold[]>;
  /** Those that nothing may be taken from now. */
  standingHolds(): Promise<LegalHold[]>;
  /** Throws `vault.unknown_hold`. */
  lift(id: string): Promise<LegalHold>;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function createHolding(store: HoldStore, { nowMs }: Pick<World, "nowMs">): Holding {
  return {
    async hold(subject, { reason, by }) {
      const named = Object.entries(subject).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
      const hold: LegalHold = {
        id: newId(),
        subject: Object.fromEntries(named) as LegalHold["subject"],
        reason,
        by,
        made_at_ms: nowMs(),
        lifted_at_ms: null,
      };
      await store.insert(hold);
      return hold;
    },
    holds: store.list,
    standingHolds: store.standing,
    async lift(id) {
      const lifted = UUID.test(id) ? await store.lift(id, nowMs()) : undefined;
      if (!lifted) throw vaultErrors.unknown_hold({ id });
      return lifted;
    },
  };
}

/** Nothing that both name differs: then there may be data that is both's. */
export function overlaps(one: LegalHold["subject"], other: DataSubject): boolean {
  return Object.entries(other).every(([name, value]) => value === undefined || (one[name] ?? value) === value);
}
