// The scores of a call as lines to read.
import type { ScorePage, ScoreView } from "../../../../ledger/contract.ts";
import { formatExactly } from "../../terminal/moment.ts";
import { dotted, indented, section } from "../../terminal/page.ts";
import { bold, dim, type Line } from "../../terminal/style.ts";

/** Newest first. */
export function describeScores({ scores, next_cursor }: Pick<ScorePage, "scores" | "next_cursor">): Line[] {
  const lines = scores.flatMap((score): Line[] => [
    [
      "  ",
      bold(score.name),
      "  ",
      ...dotted(
        wordsOfScore(score),
        score.by.user ?? score.by.key_name,
        score.source === "otlp" && dim("by OpenTelemetry"),
        formatExactly(score.at_ms),
      ),
    ],
    ...indented(score.comment ?? "").flatMap((line): Line[] => (score.comment === null ? [] : [["  ", ...line]])),
  ]);
  return section("Scores", next_cursor === null ? lines : [...lines, ["  ", dim("and more")]]);
}

export function wordsOfScore({ value, label }: Pick<ScoreView, "value" | "label">): string {
  return [value, label].filter((each) => each !== null).join(" ");
}
