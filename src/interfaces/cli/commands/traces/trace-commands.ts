// The commands that find records: `records`, `traces`, `sessions`, `activity` and `search`. The code behind a command is
// loaded when it runs.
import type { Command } from "commander";
import { type Act, examples, GREATEST_PAGE, group, wholeNumber } from "../../command-parts.ts";
import type { ListOptions } from "./read-query.ts";

const FILTER = ["--filter <filter>", "only what it finds: see docs/reference/filters.md"] as const;

export function addRecordListing(records: Command, act: Act): void {
  withListOptions(records.command("list").description("list records of all kinds, newest first"))
    .option(...FILTER)
    .addHelpText(
      "after",
      examples(
        "binnacle records list --filter 'kind:tool AND NOT outcome:ok'",
        "binnacle records list --since 7d --json",
      ),
    )
    .action(act(async (cli, options: ListOptions) => (await import("./list-records.ts")).listRecords(cli, options)));
}

export function addTraceCommands(program: Command, act: Act): void {
  const traces = group(program, "traces").description("see what happened, as trees");
  withListOptions(traces.command("list").description("list traces, newest first"))
    .option(...FILTER)
    .option("--any", "the filter is for any record of a trace, not for its first alone")
    .addHelpText(
      "after",
      examples(
        "binnacle traces list --filter 'duration:>5s'",
        "binnacle traces list --any --filter 'tool error:timeout'",
      ),
    )
    .action(
      act(async (cli, options: ListOptions & { any?: boolean }) =>
        (await import("./list-traces.ts")).listTraces(cli, options),
      ),
    );
  traces
    .command("show")
    .description("show one trace as a tree, with times, tokens and cost")
    .argument("<id>", "the trace's id: 32 hex digits, or their beginning if it is one of the latest")
    .option("-n, --limit <count>", "at most this many records", wholeNumber(1, 20_000), 500)
    .addHelpText("after", examples("binnacle traces show 0af7651916cd43dd8448eb211c80319c"))
    .action(
      act(async (cli, ...[id, options]: [string, { limit: number }]) =>
        (await import("./show-trace.ts")).showTrace(cli, id, options),
      ),
    );
  addSessionCommands(program, act);
  withListOptions(
    program.command("search").description("find records by words in what was asked, answered or went wrong"),
  )
    .argument(
      "<words...>",
      'words, which are all in it, and terms of the filter language; "in quotes" one after the other',
    )
    .addHelpText("after", examples("binnacle search refund", "binnacle search '\"on its way\" kind:call' --since 7d"))
    .action(
      act(async (cli, ...[words, options]: [string[], ListOptions]) =>
        (await import("./list-records.ts")).listRecords(cli, { ...options, filter: words.join(" ") }),
      ),
    );
}

function addSessionCommands(program: Command, act: Act): void {
  const sessions = group(program, "sessions").description("see conversations, turn by turn");
  withListOptions(sessions.command("list").description("list sessions, those used last first"))
    .option(...FILTER)
    .addHelpText("after", examples("binnacle sessions list --filter user:ann"))
    .action(act(async (cli, options: ListOptions) => (await import("./sessions.ts")).listSessions(cli, options)));
  sessions
    .command("show")
    .description("show one session, turn by turn")
    .argument("<name>", "the session's name")
    .addHelpText("after", examples("binnacle sessions show chat-42"))
    .action(act(async (cli, name: string) => (await import("./sessions.ts")).showSession(cli, name)));
  const activity = group(program, "activity").description("see who did what");
  withListOptions(activity.command("users").description("list users by what they did, those active last first"))
    .option(...FILTER)
    .addHelpText("after", examples("binnacle activity users --since 7d"))
    .action(act(async (cli, options: ListOptions) => (await import("./sessions.ts")).listUsers(cli, options)));
}

function withListOptions(command: Command): Command {
  return command
    .option("-n, --limit <count>", `at most this many, up to ${GREATEST_PAGE}`, wholeNumber(1, GREATEST_PAGE), 20)
    .option("--since <when>", "only since then: 30m, 1h, 7d, or a date (by default a day)")
    .option("--until <when>", "and before then (by default now)")
    .option("--cursor <cursor>", "continue after the page that gave this cursor");
}
