// The strategies: each puts the places of one plan in order and says why. A place is judged by the target that would be
// tried first in it.
import type { Target } from "../../providers/index.ts";
import type { TargetState } from "../health/target-state.ts";
import type { PlaceNode, PlanNode } from "./language/compile-route.ts";
import { byDice, byName, type Chance, drawNumber } from "./draw.ts";
import { expectedMs, type ExpectedTokens } from "./expectation.ts";
import { headerIn, type Strategy } from "./language/language.ts";
import type { RequestFacts } from "./facts/request-facts.ts";
import { rankByLikeness } from "./semantic/rank-by-likeness.ts";

export interface Leaf {
  target: Target;
  state: TargetState;
  /** Why it was put where it is, from the outermost plan to the innermost. */
  why: string;
}

export interface Candidate {
  place: PlaceNode;
  /** Its targets in order; at least one. */
  leaves: readonly [Leaf, ...Leaf[]];
}

export interface Ranked {
  candidate: Candidate;
  why: string;
}

export interface RankDeps {
  facts: RequestFacts;
  random(): number;
  /** Counts up with each plan that takes turns. */
  turn(plan: PlanNode): number;
  expected(): ExpectedTokens;
  /** Micro-dollars that the call will likely cost there; null where its price is not known. */
  cost(target: Target): number | null;
  /** The conversation, where the route keeps conversations together. */
  session: string | undefined;
}

type Rank = (plan: PlanNode, candidates: readonly Candidate[], deps: RankDeps) => Ranked[];

export function rankPlaces(plan: PlanNode, candidates: readonly Candidate[], deps: RankDeps): Ranked[] {
  return ranks[plan.strategy](plan, candidates, deps);
}

const ranks: Readonly<Record<Strategy, Rank>> = {
  order({ isNested }, candidates) {
    const whose = isNested ? "its" : "the route's";
    return candidates.map((candidate, index) => ({ candidate, why: `number ${index + 1} in ${whose} order` }));
  },

  conditional: (_, candidates) =>
    candidates.map((candidate) => ({
      candidate,
      why: candidate.place.when ? "the first whose condition holds" : "no condition before it holds",
    })),

  weighted(plan, candidates, deps) {
    const { chance, by } = chanceFor(plan, deps);
    const whole = candidates.reduce((sum, { place }) => sum + place.weight, 0);
    return sortBy(
      candidates,
      ({ place }) => drawNumber(place.weight, chance(place.path)),
      ({ place }) => `drawn ${by} with weight ${place.weight} of ${whole}`,
    );
  },

  round_robin(plan, candidates, { turn }) {
    const first = turn(plan) % candidates.length;
    return [...candidates.slice(first), ...candidates.slice(0, first)].map((candidate, index) => ({
      candidate,
      why: index === 0 ? "its turn" : `${index} after the one whose turn it is`,
    }));
  },

  least_busy: (_, candidates, { random }) =>
    sortBy(
      shuffle(candidates, random),
      ({ leaves }) => leaves[0].state.inFlight,
      ({ leaves }) => `${leaves[0].state.inFlight} attempts under way at it`,
    ),

  lowest_cost: (_, candidates, { cost }) =>
    sortBy(
      candidates,
      ({ leaves }) => cost(leaves[0].target) ?? Number.POSITIVE_INFINITY,
      ({ leaves }) => describeCost(cost(leaves[0].target)),
    ),

  lowest_latency: (_, candidates, { expected, random }) =>
    sortBy(
      shuffle(candidates, random),
      ({ leaves }) => latencyNumber(leaves[0].state, expected()),
      ({ leaves }) => describeLatency(leaves[0].state, expected()),
    ),

  complexity(_, candidates, { facts }) {
    const score = facts.complexity();
    const enough = candidates.findIndex(({ place }) => score !== undefined && score <= place.upTo);
    // What cannot be judged, and what is harder than all are for, goes to the ablest.
    const first = enough < 0 ? candidates.length - 1 : enough;
    const judged = score === undefined ? "complexity not known" : `complexity ${score}`;
    // After the one that is meant: the abler, then the less able, the next best of them first.
    return [...candidates.slice(first), ...candidates.slice(0, first).toReversed()].map((candidate) => ({
      candidate,
      why: `${judged}, and it is for up to ${candidate.place.upTo}`,
    }));
  },

  semantic: (_, candidates, { facts }) => rankByLikeness(candidates, facts.likeness),
};

/** Whether a conversation may stay at this place, whatever the strategy says. */
export function mayStay({ strategy }: PlanNode, { place }: Candidate, { facts }: RankDeps): boolean {
  // The cache is in the sum already.
  if (strategy === "lowest_cost") return false;
  // It goes up when it becomes harder, and does not come down again.
  if (strategy === "complexity") return (facts.complexity() ?? 1) <= place.upTo;
  return true;
}

function sortBy(
  candidates: readonly Candidate[],
  number: (candidate: Candidate) => number,
  why: (candidate: Candidate) => string,
): Ranked[] {
  return candidates
    .map((candidate) => ({ candidate, number: number(candidate) }))
    .sort((a, b) => (a.number === b.number ? 0 : a.number - b.number))
    .map(({ candidate }) => ({ candidate, why: why(candidate) }));
}

/** So that of equals not always the same is first. */
function shuffle<T>(all: readonly T[], random: () => number): T[] {
  const shuffled = [...all];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const [a, b] = [shuffled[last], shuffled[other]];
    if (a !== undefined && b !== undefined) [shuffled[last], shuffled[other]] = [b, a];
  }
  return shuffled;
}

function chanceFor({ stickyBy }: PlanNode, { facts, random, session }: RankDeps): { chance: Chance; by: string } {
  // Where conversations are kept together, all processes should begin one at the same place.
  const by = stickyBy ?? (session === undefined ? undefined : "session");
  const name = by === "session" ? (session ?? facts.session()) : by && nameBy(by, facts);
  return name ? { chance: byName(name), by: `by ${by}` } : { chance: byDice(random), by: "by lot" };
}

function nameBy(by: string, facts: RequestFacts): string | null {
  switch (by) {
    case "user":
    case "team":
    case "project":
      return facts[by];
    case "key":
      return facts.keyId;
    default:
      return facts.header(headerIn(by));
  }
}

function describeCost(usdMicros: number | null): string {
  return usdMicros === null
    ? "its price is not known"
    : `expected to cost ${(usdMicros / 1_000_000).toFixed(6)} dollars`;
}

/** One of which nothing is known is tried by one call at a time, before all others; while that runs, it comes last. */
function latencyNumber(state: TargetState, expected: ExpectedTokens): number {
  return expectedMs(state, expected) ?? (state.inFlight === 0 ? -1 : Number.POSITIVE_INFINITY);
}

function describeLatency(state: TargetState, expected: ExpectedTokens): string {
  const ms = expectedMs(state, expected);
  if (ms !== null) return `expected to take ${Math.round(ms)} ms`;
  return state.inFlight === 0 ? "not measured lately, so one call tries it" : "not measured lately, and being tried";
}
