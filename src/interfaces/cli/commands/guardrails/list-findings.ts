// `guardrails findings`: what was found in calls, the most frequent first.
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { readPast } from "../../read-time.ts";
import { dim } from "../../terminal/style.ts";

export interface FindingsOptions {
  since: string;
  until?: string;
  filter?: string;
  limit: number;
}

const right = "right" as const;

export async function listFindings(cli: Cli, { since, until, filter, limit }: FindingsOptions): Promise<void> {
  const { output, host } = cli;
  const nowMs = host.nowMs();
  const view = await connect(cli).api.guardrails.findings({
    limit,
    since_ms: readPast(since, nowMs),
    ...(until !== undefined && { until_ms: readPast(until, nowMs) }),
    ...(filter !== undefined && { filter }),
  });
  if (output.isJson) return output.json(view);
  if (view.calls === 0)
    return output.note(
      "The guardrails found nothing in that time. `binnacle guardrails list` shows what they look for.",
    );
  output.note(
    `Found in ${view.calls} call${view.calls === 1 ? "" : "s"}; \`binnacle calls list --filter guardrail:email\` lists those of a kind.`,
  );
  output.table(
    [
      { title: "FOUND", align: right },
      { title: "KIND" },
      { title: "THEN" },
      { title: "WHERE" },
      { title: "POLICY", shrinksTo: 10 },
      { title: "VENDOR", goes: 1 },
    ],
    view.findings.map(({ count, kind, outcome, side, name, vendor }) => [
      String(count),
      kind,
      outcome,
      side,
      name,
      vendor ?? dim("none"),
    ]),
  );
}
