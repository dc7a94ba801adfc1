// What the address of the page of costs carries.
import { figure, oneOf, readSearch, text } from "../../page/address/read-search.ts";
import { sumOrders } from "../../../../src/ledger/sums/names/contract.ts";
import { dimensions } from "./dimensions.ts";

const word = text();

export const figureIn = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text);
const narrowing = Object.fromEntries(dimensions.map((dimension) => [dimension, word])) as Record<
  (typeof dimensions)[number],
  typeof word
>;

export const costSearch = readSearch({
  tab: oneOf(["patterns", "forecast", "charge-back"]),
  by: word,
  order: oneOf(sumOrders),
  range: oneOf(["last-month", "1h", "24h", "7d", "30d", "custom"]),
  from: figure,
  to: figure,
  ...narrowing,
  // Of the forecast.
  traffic: figure,
  cache_share: figure,
  price_factor: figure,
  growth: oneOf(["none"]),
  // Of charge-back: `2026-11`, and to whom.
  month: word,
  to_whom: oneOf(["project", "user", "key"]),
});
export type CostSearch = ReturnType<typeof costSearch>;
