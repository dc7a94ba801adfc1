// The state of the live list as components read it.
import type { Problem } from "../../../api/explain-error.ts";
import { type CallFilter, noFilter } from "./call-filter.ts";
import { type CallList, canGrow, emptyList, type Row } from "./call-list.ts";
import type { Connection } from "./keep-connected.ts";

export interface FeedState {
  list: CallList;
  filter: CallFilter;
  connection: Connection;
  /** The newest page has been read, or could not be: see `problem`. */
  loaded: boolean;
  loadingOlder: boolean;
  /** Why the list could not be read. The live stream may run all the same. */
  problem: Problem | null;
  paused: boolean;
  /** What came while paused: the last of it, and how much it was. */
  held: readonly Row[];
  heldCount: number;
  /** Live calls since the page was opened, filter or not. */
  arrived: { total: number; failed: number };
}

export function firstState(filter: CallFilter = noFilter): FeedState {
  return {
    list: emptyList(),
    filter,
    connection: { kind: "opening" },
    loaded: false,
    loadingOlder: false,
    problem: null,
    paused: false,
    held: [],
    heldCount: 0,
    arrived: { total: 0, failed: 0 },
  };
}

/** The server cannot read the filter: its words belong to where that is written. */
export function isBadFilter({ problem, filter }: FeedState): boolean {
  return problem !== null && /filter/.test(problem.code) && filter.text !== "";
}

/** What stands at the end of the list. */
export function endOfList(state: FeedState): "unknown" | "none" | "some" | "loading" | "bound" {
  if (state.loadingOlder) return "loading";
  const { kind } = state.list.older;
  if (kind === "unknown" || kind === "none") return kind;
  return canGrow(state.list) ? "some" : "bound";
}
