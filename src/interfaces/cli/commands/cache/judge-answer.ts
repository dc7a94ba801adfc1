// `cache feedback`.
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { dim, green, red } from "../../terminal/style.ts";

export interface FeedbackOptions {
  right?: boolean;
  wrong?: boolean;
}

export async function judgeAnswer(
  cli: Cli,
  callId: string,
  { right = false, wrong = false }: FeedbackOptions,
): Promise<number | void> {
  const { output } = cli;
  if (right === wrong) {
    output.note(red("Say whether the answer was --right or --wrong."));
    return 2;
  }
  const { counted } = await connect(cli).api.cache.feedback({ call_id: callId, correct: right });
  if (output.isJson) return output.json({ counted });
  if (!counted) return output.line(dim("That call was judged before; nothing changes."));
  output.line(green("Counted. "), wrong ? "That answer is given to no other question any more." : "");
}
