// The commands that show a record, take records out and in, and show what lies on disk.
import { type Command, Option } from "commander";
import { type Act, examples } from "../../command-parts.ts";
import type { ExportOptions } from "./export-records.ts";

const FORMATS = ["ndjson", "csv", "parquet"];

export function addRecordShowing(records: Command, act: Act): void {
  records
    .command("show")
    .description("show one record of any kind; `calls show` and `traces show` say more of calls and of trees")
    .argument("<id>", "the record's id, as `records list --json` shows it")
    .option("--body", "show what went in and came out, as it was stored")
    .addHelpText("after", examples("binnacle records show 019a3f2e-…", "binnacle records show 019a3f2e-… --body"))
    .action(
      act(async (cli, id: string, options: { body?: boolean }) =>
        (await import("./show-record.ts")).showRecord(cli, id, options),
      ),
    );
}

export function addTransferCommands(records: Command, act: Act): void {
  records
    .command("export")
    .description("write records with their bodies to a file, oldest first")
    .argument("<file>", "written anew; the end of its name says the format: .ndjson, .csv or .parquet")
    .addOption(new Option("--format <format>", "where the name does not say it").choices(FORMATS))
    .option("--since <when>", "records since then: 30m, 1h, 7d, or a date", "1d")
    .option("--until <when>", "and before then (by default now)")
    .option("--filter <filter>", "only these, as `records list` takes it")
    .option("--no-bodies", "without what was asked and answered")
    .addHelpText(
      "after",
      examples("binnacle records export week.parquet --since 7d", "binnacle records export day.csv"),
    )
    .action(
      act(async (cli, ...[file, options]: [string, ExportOptions]) =>
        (await import("./export-records.ts")).exportRecords(cli, file, options),
      ),
    );
  records
    .command("import")
    .description("take in records that were exported, here or elsewhere; those that are there stay as they are")
    .argument("<file>", "made by `records export`")
    .addOption(new Option("--format <format>", "where the name does not say it").choices(FORMATS))
    .addHelpText("after", examples("binnacle records import week.parquet"))
    .action(
      act(async (cli, ...[file, options]: [string, { format?: string }]) =>
        (await import("./import-records.ts")).importRecords(cli, file, options),
      ),
    );
}

export function addStorageCommand(program: Command, act: Act): void {
  program
    .command("storage")
    .description("show what lies on disk, how long it is kept, and what went")
    .addHelpText("after", examples("binnacle storage", "binnacle storage --json | jq .total_bytes"))
    .action(act(async (cli) => (await import("./show-storage.ts")).showStorage(cli)));
}
