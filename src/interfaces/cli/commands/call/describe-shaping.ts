// What was made of a call's request before it was sent, and of its answer before it was given.
import { formatUsd } from "../../../../kernel/index.ts";
import type { CallDetail } from "../../../../ledger/contract.ts";
import { dotted, fact } from "../../terminal/page.ts";
import { cyan, green, type Line, red, yellow } from "../../terminal/style.ts";
import { formatCount } from "../call-rows.ts";

/** No lines for a call of which nothing was made. */
export function describeShaping({ prompt, compression, validation }: CallDetail): Line[] {
  const lines: Line[] = [];
  if (prompt)
    lines.push(
      fact(
        "Prompt",
        ...dotted(
          cyan(prompt.id),
          prompt.version && `version ${prompt.version}`,
          `sha256 ${prompt.hash.slice(0, 12)}…`,
        ),
      ),
    );
  if (compression) lines.push(fact("Compressed", ...describeCompression(compression)));
  if (validation) lines.push(fact("Checked", ...describeValidation(validation)));
  return lines;
}

function describeCompression(compression: NonNullable<CallDetail["compression"]>): Line {
  const { input_tokens_before: before, input_tokens_after: after, saved_usd_micros: saved } = compression;
  if (before === after) return ["nothing to leave out"];
  return dotted(
    `about ${formatCount(after)} of ${formatCount(before)} tokens sent`,
    saved !== null && `saved ${formatUsd(saved)}`,
  );
}

function describeValidation({ outcome, asked_again: times, problem }: NonNullable<CallDetail["validation"]>): Line {
  const said = outcome.replace("_", " ");
  const coloured = outcome === "invalid" ? red(said) : outcome === "valid" ? green(said) : yellow(said);
  return dotted(coloured, times > 0 && `asked again ${times === 1 ? "once" : `${times} times`}`, problem);
}
