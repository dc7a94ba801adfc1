// `guardrails list` and `guardrails test`.
import type { CheckedText, GuardrailsView, Side } from "../../../../guardrails/contract.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { bold, dim, green, type Piece, red, yellow } from "../../terminal/style.ts";

const RIGHT = "right" as const;

export interface TestOptions {
  policy?: string;
  side: Side;
}

export async function listGuardrails(cli: Cli): Promise<void> {
  const { output } = cli;
  const view = await connect(cli).api.guardrails.list();
  if (output.isJson) return output.json(view);
  if (view.policies.length === 0)
    output.note(
      "There are no policies, and nothing is checked. They are set in the config, under guardrails.policies.",
    );
  else
    output.table(
      [
        { title: "POLICY" },
        { title: "FOR", shrinksTo: 10 },
        { title: "WHAT", shrinksTo: 12 },
        { title: "WHERE", shrinksTo: 10 },
        { title: "THEN" },
      ],
      view.policies.flatMap(rowsOf),
    );
  output.table(
    [{ title: "DETECTOR" }, { title: "KINDS", shrinksTo: 20 }, { title: "HOLDS BACK", align: RIGHT }],
    view.detectors.map(({ name, kinds, reach }) => [name, kinds.join(" "), String(reach)]),
  );
}

function rowsOf({ name, applies_to, checks, more }: GuardrailsView["policies"][number]): Piece[][] {
  const whose = Object.entries(applies_to).flatMap(([what, named]) => (named ? [`${what} ${named.join(", ")}`] : []));
  const applies = whose.length === 0 ? dim("every call") : whose.join("; ");
  const rows = checks.map(({ kinds, on, mode }): Piece[] => [bold(name), applies, kinds.join(" "), on.join(" "), mode]);
  return more.length === 0 ? rows : [...rows, [bold(name), applies, more.join(" "), dim("–"), dim("–")]];
}

/** Exit code 1 where it would be blocked, so that scripts can ask. */
export async function testText(cli: Cli, given: string, { policy, side }: TestOptions): Promise<number> {
  const { output, host } = cli;
  const text = given === "-" ? await host.stdin.read() : given;
  const checked = await connect(cli).api.guardrails.check({ text, side, ...(policy !== undefined && { policy }) });
  const exitCode = checked.outcome === "blocked" ? 1 : 0;
  if (output.isJson) {
    output.json(checked);
    return exitCode;
  }
  output.note(outcomeOf(checked));
  if (checked.findings.length === 0) return exitCode;
  output.table(
    [
      { title: "KIND" },
      { title: "FROM", align: RIGHT },
      { title: "TO", align: RIGHT },
      { title: "SURE", align: RIGHT },
      { title: "DETECTOR" },
      { title: "THEN" },
      { title: "WHY", shrinksTo: 16 },
    ],
    checked.findings.map(({ kind, start, end, score, detector, mode, why }) => [
      kind,
      String(start),
      String(end),
      score.toFixed(2),
      detector,
      mode,
      why,
    ]),
  );
  if (checked.outcome === "masked") output.note(checked.text);
  return exitCode;
}

function outcomeOf({ outcome }: CheckedText): Piece {
  if (outcome === "passed") return green("Nothing was found.");
  return outcome === "blocked" || outcome === "asked"
    ? red(`It would be ${outcome}.`)
    : yellow(`It would be ${outcome}.`);
}
