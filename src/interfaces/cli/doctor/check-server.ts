// Checks of the server: whether it is there, whether the key opens it, and how its parts are.
import { ORPCError } from "@orpc/client";
import { formatDuration } from "../../../kernel/index.ts";
import type { Status } from "../../contract.ts";
import type { Cli } from "../cli.ts";
import { connect, withoutKey } from "../connect.ts";
import { explainError } from "../explain-error.ts";
import { findServer } from "../find-server.ts";
import { formatBytes } from "../terminal/bytes.ts";
import { type Finding, fine, problem, warning } from "./finding.ts";

const LAG_LONG_MS = 30_000;
const JOURNAL_FULL = 0.8;

export async function checkServer(cli: Cli): Promise<Finding[]> {
  const address = await checkAddress(cli);
  return address.outcome === "ok" ? [address, ...(await checkInside(cli))] : [address];
}

/** Asks without a key: that Binnacle refuses shows that it is Binnacle, also before there is a key. */
async function checkAddress(cli: Cli): Promise<Finding> {
  const { url } = findServer(cli);
  const answers = fine("server", `Binnacle answers at ${url}`);
  try {
    await connect(cli, withoutKey).api.status();
    return answers;
  } catch (error) {
    if (error instanceof ORPCError && error.status === 401) return answers;
    const { code, message, fix } = explainError(error);
    if (code !== "cli.not_running") return problem("server", message, fix);
    return warning("server", `Nothing listens at ${url}: the port is free, and Binnacle is not running.`, fix);
  }
}

async function checkInside(cli: Cli): Promise<Finding[]> {
  try {
    const status = await connect(cli).api.status();
    const key = fine("key", `is valid; Binnacle ${status.version}, pid ${status.pid}, listens at ${status.url}`);
    return [key, ...checkWorkers(status), checkDatabase(status), ...checkJournal(status), checkVendors(status)];
  } catch (error) {
    const { message, fix } = explainError(error);
    return [problem("key", message, fix)];
  }
}

/** One process alone is here, or nothing would answer. */
function checkWorkers({ workers }: Status): Finding[] {
  if (workers.length < 2) return [];
  const down = workers.filter(({ state }) => state !== "ready");
  if (down.length === 0) return [fine("workers", `${workers.length} share the port`)];
  const fix = "They are started again by themselves; if that does not help, the log says why.";
  const which = down.map(({ number, state }) => `${number} (${state})`).join(", ");
  return [warning("workers", `Of ${workers.length} workers these do not serve: ${which}.`, fix)];
}

function checkDatabase({ database }: Status): Finding {
  const where = `PostgreSQL ${database.version ?? ""}, ${database.kind}, ${database.address}`.replace(" ,", ",");
  if (database.available) return fine("database", where);
  const fix =
    database.kind === "embedded"
      ? "It is being restarted; if that does not help, postgres.log in the data folder says why."
      : "Start that server, or check DATABASE_URL. Calls go on meanwhile; their record waits in the journal.";
  return problem("database", `${where} does not answer.`, fix);
}

function checkJournal({ ledger }: Status): Finding[] {
  const { journal_bytes, journal_max_bytes, lag_ms, pending_records, last_error } = ledger;
  const space = `${formatBytes(journal_bytes)} of ${formatBytes(journal_max_bytes)}`;
  const fix = "Its records go to the database: make sure that it is available and has room on its disk.";
  const findings: Finding[] = [];
  if (journal_bytes > journal_max_bytes * JOURNAL_FULL)
    findings.push(problem("journal", `The journal is nearly full (${space}); calls are refused when it is.`, fix));
  if (lag_ms > LAG_LONG_MS)
    findings.push(
      warning(
        "journal",
        `${pending_records} records wait for the database, the oldest for ${formatDuration(lag_ms)}.`,
        fix,
      ),
    );
  if (last_error !== null) findings.push(warning("journal", `Its last error: ${last_error}`, fix));
  return findings.length > 0 ? findings : [fine("journal", `${space}, ${pending_records} records wait`)];
}

function checkVendors({ vendors }: Status): Finding {
  const names = vendors.map((vendor) => `${vendor.name} (${vendor.found_by})`).join(", ");
  if (vendors.some((vendor) => vendor.name !== "sim")) return fine("vendors", names);
  const fix = "For real models set OPENAI_API_KEY (or another vendor's), or run Ollama here, and start again.";
  return warning("vendors", "Only the built-in simulator answers.", fix);
}
