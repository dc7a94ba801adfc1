// What stands behind the address of the page of calls.
import { oneOf, readSearch, text, whole } from "../../page/address/read-search.ts";
import { callOutcomes } from "../../../../src/ledger/outcomes/contract.ts";
import { ranges } from "../../components/inputs/range/range-to-ms.ts";

/** How an open record is looked at. */
export const recordViews = ["chat", "routing", "timeline", "raw"] as const;
export type RecordView = (typeof recordViews)[number];

export const callsSearch = readSearch({
  outcome: oneOf(callOutcomes),
  filter: text(2000),
  /** For links to this page that name a model. */
  model: text(),
  range: oneOf(ranges),
  from: whole(),
  to: whole(),
  show: oneOf(recordViews),
  /** Two calls to compare: `diff=<id>,<id>`. */
  diff: text(),
});
