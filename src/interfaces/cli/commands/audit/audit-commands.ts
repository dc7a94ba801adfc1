// The `audit` branch of the command tree. The code behind a command is loaded when it runs.
import { type Command, Option } from "commander";
import { type Act, examples, GREATEST_PAGE, wholeNumber } from "../../command-parts.ts";
import type { ExportAuditOptions } from "./export-audit.ts";
import type { ListAuditOptions } from "./show-entries.ts";

const OUTCOMES = ["ok", "refused", "failed"];
const FORMATS = ["ndjson", "csv", "ocsf", "cef"];

export function addAuditCommands(audit: Command, act: Act): void {
  addReading(audit, act);
  addProving(audit, act);
  addManaging(audit, act);
}

/** The same for lists and files. */
function withFilter(command: Command): Command {
  return command
    .option("--action <name>", "only this, as in key.create")
    .option("--actor <id>", "only what this key did, by its id, or this person, by name")
    .option("--resource <id>", "only what was done to this")
    .option("--resource-type <type>", "only what was done to such")
    .addOption(new Option("--outcome <outcome>", "only what ended so").choices(OUTCOMES))
    .option("--since <when>", "only since then: 30m, 1h, 7d, or a date")
    .option("--call <id>", "only this call, with the proof of it alone");
}

function addReading(audit: Command, act: Act): void {
  withFilter(audit.command("list").description("list who did what; newest first"))
    .option("-n, --limit <count>", `at most this many, up to ${GREATEST_PAGE}`, wholeNumber(1, GREATEST_PAGE), 20)
    .option("--cursor <cursor>", "continue after the page that gave this cursor")
    .addHelpText(
      "after",
      examples("binnacle audit list --outcome refused", "binnacle audit list --action key.create --json"),
    )
    .action(
      act(async (cli, options: ListAuditOptions) => (await import("./show-entries.ts")).listEntries(cli, options)),
    );
  audit
    .command("show")
    .description("show one entry with its personal part; that it was read is an entry too")
    .argument("<id>", "the entry's id, a call's, or `last`")
    .addHelpText("after", examples("binnacle audit show last"))
    .action(act(async (cli, id: string) => (await import("./show-entries.ts")).showEntry(cli, id)));
  withFilter(
    audit
      .command("export")
      .description("write the trail to a file; NDJSON has proofs, and can be verified without a server")
      .argument("<file>", "written anew"),
  )
    .addOption(new Option("--format <format>", "what others read").choices(FORMATS).default("ndjson"))
    .addHelpText(
      "after",
      examples(
        "binnacle audit export trail.ndjson",
        "binnacle audit export refused.csv --format csv --outcome refused",
        "binnacle audit export call.ndjson --call 019a3f2e-…",
      ),
    )
    .action(
      act(async (cli, ...[file, options]: [string, ExportAuditOptions]) =>
        (await import("./export-audit.ts")).exportAudit(cli, file, options),
      ),
    );
}

function addProving(audit: Command, act: Act): void {
  audit
    .command("checkpoint")
    .description("show what was signed last, and why nothing is signed where that is so")
    .addHelpText("after", examples("binnacle audit checkpoint", "binnacle audit checkpoint --json | jq -r .checkpoint"))
    .action(act(async (cli) => (await import("./show-checkpoint.ts")).showCheckpoint(cli)));
  audit
    .command("proof")
    .description("print the proof that an entry is in the signed tree, as a c2sp.org/tlog-proof@v1")
    .argument("<id>", "the entry's id; or a call's: the proof is that of its batch, and its path to that is in --json")
    .addHelpText("after", examples("binnacle audit proof 019a3f2e-… > entry.tlog-proof"))
    .action(act(async (cli, id: string) => (await import("./show-entries.ts")).showProof(cli, id)));
  audit
    .command("consistency")
    .description("print the proof that the tree only grew since a size that you know")
    .argument("<from>", "the size then, as a checkpoint says it", wholeNumber(1, 1e12))
    .option("--to <size>", "up to this size (by default the one that is signed)", wholeNumber(1, 1e12))
    .addHelpText(
      "after",
      examples("binnacle audit consistency 1200", "binnacle audit consistency 1200 --to 4000 --json"),
    )
    .action(
      act(async (cli, ...[from, options]: [number, { to?: number }]) =>
        (await import("./show-checkpoint.ts")).showConsistency(cli, from, options),
      ),
    );
  audit
    .command("verify")
    .description(
      "verify a file that `audit export` wrote, without a server; or, without a file, the server's whole trail",
    )
    .argument("[file]", "an export as NDJSON")
    .option("--trust <key...>", "keys that came to you by another way than the file: name+id+base64")
    .addHelpText("after", examples("binnacle audit verify trail.ndjson", "binnacle audit verify"))
    .action(
      act(async (cli, ...[file, options]: [string | undefined, { trust?: string[] }]) =>
        (await import("./verify-audit.ts")).verifyAudit(cli, file, options.trust ?? []),
      ),
    );
}

function addManaging(audit: Command, act: Act): void {
  const yes = ["-y, --yes", "do not ask"] as const;
  audit
    .command("rotate-key")
    .description("sign with a new key from now on; the one before signs too, so that its followers can follow")
    .option(...yes)
    .action(
      act(async (cli, options: { yes?: boolean }) => (await import("./manage-audit.ts")).rotateKey(cli, options)),
    );
  audit
    .command("new-origin")
    .description("begin a new tree, after a database was put back to an older state; its first entry says so")
    .option(...yes)
    .action(
      act(async (cli, options: { yes?: boolean }) => (await import("./manage-audit.ts")).newOrigin(cli, options)),
    );
  audit
    .command("erase")
    .description("destroy the key of a person's sealed parts; all proofs stay as they are")
    .argument("<subject>", "user:alice")
    .option(...yes)
    .addHelpText("after", examples("binnacle audit erase user:alice"))
    .action(
      act(async (cli, ...[subject, options]: [string, { yes?: boolean }]) =>
        (await import("./manage-audit.ts")).eraseSubject(cli, subject, options),
      ),
    );
}
