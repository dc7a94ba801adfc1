// Which accounts somebody is shown, as the leases look for them: by how their ids begin, or by their ids.
import { OWN_ORGANISATION } from "../../policy/index.ts";
import type { Sight } from "../authority/rights.ts";
import type { Unit } from "./rules.ts";

const UNITS: readonly Unit[] = ["usd", "tokens", "requests", "calls_in_flight"];
const WINDOWS = ["now", "minute", "hour", "day", "week", "month", "ever"];

export type SeenAccounts = { startingWith: readonly string[] } | { ids: readonly string[] };

/** What is counted, and where: accounts of a tenant are apart from those of the same name elsewhere. */
export function unitWithin(unit: string, organisation: string): string {
  return organisation === OWN_ORGANISATION ? unit : `${unit}@${organisation}`;
}

export function accountsSeen({ organisation, project, user, key }: Sight): SeenAccounts {
  const units = UNITS.map((unit) => unitWithin(unit, organisation));
  const names = Object.entries({ project, user, key }).filter(([, name]) => name !== undefined);
  if (names.length === 0) return { startingWith: units.map((unit) => `${unit}/`) };
  const owners = names.map(([kind, name]) => `${kind}/${name}`);
  return {
    ids: units.flatMap((unit) => WINDOWS.flatMap((window) => owners.map((owner) => `${unit}/${window}/${owner}`))),
  };
}
