// What waited for a person: what was asked for, who decided, how long it took, and what silence decided.
import type { ApprovalFact } from "../../sources.ts";
import type { Collector } from "../evidence.ts";
import { counted, facts, firstFinding, tableOf, time } from "../evidence.ts";

const MINUTE_MS = 60_000;

const tookMs = ({ created_at_ms, settled_at_ms }: ApprovalFact): number[] =>
  settled_at_ms === null ? [] : [settled_at_ms - created_at_ms];

const minutes = (ms: number): number => Math.round((ms / MINUTE_MS) * 10) / 10;

function median(values: readonly number[]): number | null {
  const middle = values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
  return middle ?? null;
}

export const approvals: Collector = {
  title: "Approvals",
  async collect({ sources, rows_max, keys_max, ...period }) {
    const { items, is_cut } = await sources.approvals({ ...period, limit: keys_max });
    const took = median(items.flatMap(tookMs));
    const by = (what: (item: ApprovalFact) => boolean): number => items.filter(what).length;
    const silent = by((item) => item.settled_by === "silence" && item.state !== "refused");
    const own = by(({ votes }) => votes.some(({ is_own, decision }) => is_own && decision === "approve"));
    return {
      expects: "What needs a person was decided by one who did not ask for it, and not by silence.",
      finding: firstFinding(
        [
          [items.length === 0, "no_data"],
          [silent + own > 0, "for_a_person"],
          [is_cut, "for_a_person"],
        ],
        "met",
      ),
      says:
        items.length === 0
          ? "Nothing waited for a person in this time."
          : `${counted(items.length, "request")}: ${by(({ state }) => state === "approved" || state === "used")} approved, ${by(({ state }) => state === "refused")} refused, ${by(({ state }) => state === "pending")} waiting; ${silent} approved by silence, ${own} by who asked.`,
      facts: facts({
        asked: items.length,
        "approved by silence": silent,
        "approved by who asked": own,
        "minutes to a decision, median": took === null ? null : minutes(took),
      }),
      tables: [
        tableOf("Approvals, newest first", {
          columns: ["asked", "by", "what", "action", "about", "state", "decided by", "decided", "minutes", "id"],
          rows: items.map((item) => [
            time(item.created_at_ms),
            item.asked_by,
            item.what,
            item.action,
            `${item.resource.type} ${item.resource.id}`,
            item.state,
            item.votes.map((vote) => `${vote.by} (${vote.decision})`).join(", ") || item.settled_by,
            time(item.settled_at_ms),
            tookMs(item).map(minutes)[0] ?? null,
            item.id,
          ]),
          most: rows_max,
          isCut: is_cut,
        }),
      ],
      links: [{ title: "approvals", path: "/api/v1/approvals" }],
    };
  },
};
