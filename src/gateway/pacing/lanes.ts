// All lanes of this process, one for each credential and model, and which of a target's credentials is to be used.
import { LRUCache } from "lru-cache";
import type { AnswerHeaders, World } from "../../kernel/index.ts";
import { readQuotas, type Target } from "../../providers/index.ts";
import type { VendorLimit } from "../contract.ts";
import {
  type Cost,
  createLane,
  type Lane,
  noteAnswered,
  noteSent,
  noteTold,
  noteTurnedAway,
  rateOf,
  roomIn,
  waitOf,
} from "./lane.ts";

/** A call's turn at a target. */
export interface Turn {
  /** The name of the credential that has room. */
  credential: string;
  /** The vendor answered, with whatever status. */
  heard(status: number, headers: AnswerHeaders, retryAfterMs: number): void;
}

export interface TurnWanted extends Cost {
  target: Target;
  /** Who shares fairly with others: a team. */
  party: string;
  /** A credential that is better than the others while it has room. */
  preferred?: string | undefined;
}

interface KnownLane {
  lane: Lane;
  vendor: string;
  model: string;
  credential: string;
}

export interface BestLane {
  known: KnownLane;
  /** 0: a call may go. */
  waitMs: number;
}

export interface Lanes {
  /** The lane with the shortest wait; of those without one the preferred, the emptiest, the least used. */
  bestOf(wanted: TurnWanted, nowMs: number): BestLane;
  /** Calls a second, of all credentials together; Infinity where nothing is held back. */
  rateOf(target: Target, nowMs: number): number;
  take(best: BestLane, wanted: TurnWanted): Turn;
  view(nowMs: number): Omit<VendorLimit, "waiting">[];
}

export function createLanes(max: number, world: Pick<World, "monotonicMs" | "nowMs">): Lanes {
  const lanes = new LRUCache<string, KnownLane>({ max });

  function laneOf({ vendor, model }: Target, credential: string): KnownLane {
    const key = `${vendor.name}\n${credential}\n${model}`;
    const known = lanes.get(key);
    if (known) return known;
    const made = { lane: createLane(world.monotonicMs()), vendor: vendor.name, model, credential };
    lanes.set(key, made);
    return made;
  }

  const lanesOf = (target: Target, nowMs: number): KnownLane[] =>
    target.vendor.credentials.readyNames(nowMs).map((name) => laneOf(target, name));

  return {
    bestOf({ target, tokens, preferred }, nowMs) {
      const rated = lanesOf(target, nowMs).map((known) => ({
        known,
        waitMs: waitOf(known.lane, { tokens }, nowMs),
        isPreferred: Number(known.credential === preferred),
        room: roomIn(known.lane, nowMs),
        sent: known.lane.sentRequests,
      }));
      const [best] = rated.toSorted(
        (a, b) => a.waitMs - b.waitMs || b.isPreferred - a.isPreferred || b.room - a.room || a.sent - b.sent,
      );
      if (!best) throw new Error("a vendor without credentials");
      return best;
    },
    rateOf: (target, nowMs) =>
      lanesOf(target, nowMs).reduce((sum, { lane }) => sum + (rateOf(lane, nowMs) ?? Number.POSITIVE_INFINITY), 0),
    take({ known: { lane, credential } }, { target, tokens }) {
      const number = noteSent(lane, { tokens }, world.monotonicMs());
      const { sentTokens } = lane;
      return {
        credential,
        heard(status, headers, askedMs) {
          const nowMs = world.monotonicMs();
          const quotas = readQuotas(target.vendor.quotas, headers, world.nowMs());
          if (quotas.length > 0) noteTold(lane, { number, sentTokens, quotas, nowMs });
          if (status === 429) noteTurnedAway(lane, { number, askedMs, nowMs });
          else noteAnswered(lane, nowMs);
        },
      };
    },
    view(nowMs) {
      const byName = [...lanes.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1));
      return byName.map(([, known]) => viewOf(known, nowMs));
    },
  };
}

function viewOf({ lane, vendor, model, credential }: KnownLane, nowMs: number): Omit<VendorLimit, "waiting"> {
  return {
    vendor,
    model,
    credential,
    quotas: [...lane.told.values()].map(({ unit, limit, remaining, resetAtMs }) => ({
      unit,
      limit,
      remaining,
      resets_in_ms: Math.max(0, Math.round(resetAtMs - nowMs)),
    })),
    rate: rateOf(lane, nowMs),
    held_for_ms: Math.round(waitOf(lane, { tokens: 1 }, nowMs)),
    turned_away: lane.turnedAway,
  };
}
