// What costs can be split and narrowed by, and how the page calls it.
import { sumDimensions, type SumDimension } from "../../../../src/ledger/sums/names/contract.ts";

export type Dimension = Exclude<SumDimension, "organisation">;

export const dimensions = sumDimensions.filter((each): each is Dimension => each !== "organisation");

export const dimensionNames: Record<Dimension, string> = {
  kind: "Kind",
  own: "Through this gateway",
  key: "Key",
  user: "User",
  team: "Team",
  project: "Project",
  model: "Model asked for",
  route: "Route",
  vendor: "Vendor",
  tag: "Tag",
  pattern: "Pattern of prompt",
  service: "Service",
  environment: "Environment",
  outcome: "Outcome",
  prompt: "Prompt",
};

/** Stands in the address for records that have none; the API says it by nothing after the `=`. */
export const NONE = "(none)";

/** The dimension that is looked at next when one has been narrowed to a value. */
const order: readonly Dimension[] = ["team", "project", "user", "key", "route", "model", "vendor"];

export function nextDimension(narrowed: ReadonlySet<Dimension>, last: Dimension): Dimension {
  const later = [...order.slice(order.indexOf(last) + 1), ...order];
  return later.find((each) => !narrowed.has(each)) ?? last;
}

/** `model,team` as it stands in an address; at most two, and no nonsense. */
export function readBy(by: string | undefined): Dimension[] {
  const known = (by ?? "").split(",").filter((name): name is Dimension => dimensions.some((each) => each === name));
  return known.length === 0 ? ["model"] : [...new Set(known)].slice(0, 2);
}
