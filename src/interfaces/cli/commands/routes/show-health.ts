// `routes health`: which targets serve, which are left alone and why, as the processes of the server see it.
import type { TargetHealth } from "../../../../gateway/contract.ts";
import { formatDuration } from "../../../../kernel/index.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { cyan, dim, green, type Piece, red, yellow } from "../../terminal/style.ts";

const whys: Record<NonNullable<TargetHealth["why"]>, string> = {
  failures_in_row: "failed several times in a row",
  failure_share: "too many of its recent attempts failed",
  failed_on_probation: "failed again when it was tried",
  turned_away: "turns calls away: quota, or key",
};

export async function showHealth(cli: Cli): Promise<void> {
  const { output } = cli;
  const { targets } = await connect(cli).api.targets();
  if (output.isJson) return output.json({ targets });
  if (targets.length === 0) return output.note("No route has a target, and none was called yet.");
  const isSeveral = new Set(targets.map(({ process }) => process)).size > 1;
  output.table(
    [
      { title: "TARGET", shrinksTo: 16 },
      ...(isSeveral ? [{ title: "PROCESS" }] : []),
      { title: "STATE" },
      { title: "FAILED" },
      { title: "FIRST TOKEN" },
      { title: "WHY", shrinksTo: 16 },
    ],
    targets.map((each) => [
      cyan(each.target),
      ...(isSeveral ? [String(each.process)] : []),
      stateOf(each),
      each.failure_share === null ? dim("–") : `${(each.failure_share * 100).toFixed(1)} %`,
      each.first_token_ms === null ? dim("–") : formatDuration(each.first_token_ms),
      whyOf(each),
    ]),
  );
}

function stateOf({ breaker, on_probation, has_credential, idle_for_ms }: TargetHealth): Piece {
  if (breaker === "open") return red("left alone");
  if (breaker === "half_open") return yellow("to be tried");
  if (!has_credential) return yellow("key rests");
  if (on_probation) return yellow("on probation");
  return idle_for_ms === null ? dim("not called yet") : green("serves");
}

function whyOf({ why, open_for_ms, rests_for_ms }: TargetHealth): Piece {
  if (why === null || open_for_ms === null) return "";
  const next = rests_for_ms > 0 ? `, tried again in ${formatDuration(rests_for_ms)}` : "";
  return `${whys[why]}, for ${formatDuration(open_for_ms)}${next}`;
}
