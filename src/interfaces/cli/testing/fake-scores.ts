// Scores of records, for tests of the command line.
import type { GiveScore, ScoreView, TakeBackScore } from "../../../ledger/contract.ts";
import type { createDoor } from "./fake-door.ts";

/** Also for what is taken back, which has no value. */
export type AskedScore = GiveScore | TakeBackScore;

export function fakeScores(
  { scores: door }: ReturnType<typeof createDoor>["records"],
  { scores, asked }: { scores: ScoreView[]; asked: AskedScore[] },
) {
  return {
    list: door.list.handler(() => ({ scores, next_cursor: null, may_score: true })),
    create: door.create.handler(({ input }) => {
      asked.push(input);
      return sampleScore({ name: input.name, value: input.value ?? null, label: input.label ?? null });
    }),
    delete: door.delete.handler(({ input }) => {
      asked.push(input);
      return { deleted: input.name };
    }),
  };
}

export function sampleScore(changes: Partial<ScoreView> = {}): ScoreView {
  return {
    id: "019a3f2e-0000-7000-8000-000000000001",
    name: "thumb",
    value: 1,
    label: null,
    comment: null,
    at_ms: new Date(2026, 10, 21, 15).getTime(),
    source: "api",
    by: { key_id: "k", key_name: "shop", user: "ann", team: null },
    is_own: true,
    ...changes,
  };
}
