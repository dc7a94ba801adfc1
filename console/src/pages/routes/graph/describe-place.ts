// What a plan says of its places, in words: who comes first, for whom a place is, and how much of the calls it gets.
import type { PlanPlace } from "./read-plan.ts";

export interface PlanAround {
  strategy: string;
  /** The weights of all its places. */
  weightSum: number;
}

/** What leads to a place: the share that it is meant to get, its turn, what it is for. */
export function describePlace(place: PlanPlace, index: number, { strategy, weightSum }: PlanAround): string[] {
  const words: string[] = [];
  if (place.when !== undefined) words.push(`when ${describeCondition(place.when)}`);
  words.push(...turnOf(place, index, { strategy, weightSum }));
  if (place.region !== undefined) words.push(`region ${place.region}`);
  if (place.data_classes !== undefined) words.push(`for ${place.data_classes.join(", ")} data`);
  return words;
}

function turnOf(place: PlanPlace, index: number, { strategy, weightSum }: PlanAround): string[] {
  switch (strategy) {
    case "weighted": {
      const weight = place.weight ?? 1;
      if (weight === 0) return ["weight 0, after all others"];
      return [`weight ${weight} of ${weightSum}`];
    }
    case "order":
      return [index === 0 ? "first" : index === 1 ? "then" : `then, ${ordinal(index + 1)}`];
    case "conditional":
      return place.when === undefined ? ["everyone else"] : [];
    case "complexity":
      return [place.up_to === undefined ? "beyond that" : `complexity up to ${place.up_to}`];
    case "semantic":
      return [
        place.examples === undefined
          ? "the rest"
          : `like ${place.examples.length} ${place.examples.length === 1 ? "example" : "examples"}, at least ${place.least ?? 0.4}`,
      ];
    case "draft_then_final":
      return [index === 0 ? "draft" : "if not accepted"];
    case "ensemble":
      return ["asked at once"];
    default:
      return [];
  }
}

const ordinal = (place: number): string => `${place}${["th", "st", "nd", "rd"][place % 10] ?? "th"}`;

/** `team is legal, time is 22:00-06:00 Europe/Berlin`. */
export function describeCondition(when: Readonly<Record<string, unknown>>): string {
  return Object.entries(when)
    .map(([part, wanted]) => describePart(part, wanted))
    .join(" and ");
}

function describePart(part: string, wanted: unknown): string {
  if (part === "header" && isObject(wanted))
    return Object.entries(wanted)
      .map(([name, values]) => `${name} is ${sayAny(values)}`)
      .join(" and ");
  if (part === "time" && isObject(wanted)) return `it is ${describeTime(wanted)}`;
  return `${part.replace("_", " ")} is ${sayAny(wanted)}`;
}

function describeTime({ hours, days, zone }: Readonly<Record<string, unknown>>): string {
  const words = [hours, Array.isArray(days) ? days.join(", ") : undefined, zone];
  return words.filter((word) => typeof word === "string").join(" ");
}

const sayAny = (values: unknown): string => (Array.isArray(values) ? values.join(" or ") : String(values));

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
