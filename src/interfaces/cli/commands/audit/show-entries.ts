// `audit list`, `audit show` and `audit proof`.
import type { AuditEntryView } from "../../../../audit/contract.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { cliErrors } from "../../errors.ts";
import { readPast } from "../../read-time.ts";
import { formatMoment } from "../../terminal/moment.ts";
import { cyan, dim, green, type Piece, red, yellow } from "../../terminal/style.ts";

export interface AuditFilterOptions {
  action?: string;
  actor?: string;
  resource?: string;
  resourceType?: string;
  outcome?: "ok" | "refused" | "failed";
  since?: string;
  call?: string;
}

export interface ListAuditOptions extends AuditFilterOptions {
  limit: number;
  cursor?: string;
}

export function filterFrom(
  { action, actor, resource, resourceType, outcome, since, call }: AuditFilterOptions,
  nowMs: number,
) {
  return {
    ...(action !== undefined && { action }),
    ...(actor !== undefined && { actor }),
    ...(resource !== undefined && { resource }),
    ...(resourceType !== undefined && { resource_type: resourceType }),
    ...(outcome !== undefined && { outcome }),
    ...(since !== undefined && { since_ms: readPast(since, nowMs) }),
    ...(call !== undefined && { call }),
  };
}

export async function listEntries(cli: Cli, { limit, cursor, ...filter }: ListAuditOptions): Promise<void> {
  const { host, output } = cli;
  const query = { ...filterFrom(filter, host.nowMs()), limit, ...(cursor !== undefined && { cursor }) };
  const page = await connect(cli).api.audit.list(query);
  if (output.isJson) return output.json(page);
  if (page.entries.length === 0) return output.note("There is no such entry.");
  output.table(
    [
      { title: "WHEN" },
      { title: "WHO", shrinksTo: 8 },
      { title: "ACTION", shrinksTo: 8 },
      { title: "WHAT", shrinksTo: 8 },
      { title: "OUTCOME" },
      { title: "ID", shrinksTo: 13 },
    ],
    page.entries.map((entry) => [
      formatMoment(entry.at_ms, host.nowMs()),
      whoOf(entry),
      cyan(entry.action),
      whatOf(entry),
      colourOf(entry.outcome),
      dim(entry.id),
    ]),
  );
  if (page.next_cursor !== null && output.isTerminal) output.note(dim(`More, with --cursor ${page.next_cursor}`));
}

export async function showEntry(cli: Cli, id: string): Promise<void> {
  const { host, output } = cli;
  const { audit } = connect(cli).api;
  const wanted = id === "last" ? (await audit.list({ limit: 1 })).entries[0]?.id : id;
  if (wanted === undefined)
    throw cliErrors.usage({ message: "There are no entries yet.", help: "binnacle audit --help" });
  const entry = await audit.show({ id: wanted });
  if (output.isJson) return output.json(entry);
  const place = entry.index === null ? "no place in the tree yet" : `${entry.index}, in tree ${entry.tree}`;
  output.line(cyan(entry.action), " ", colourOf(entry.outcome), " ", dim(entry.id));
  output.line("when      ", `${new Date(entry.at_ms).toISOString()}, ${formatMoment(entry.at_ms, host.nowMs())}`);
  output.line("who       ", whoOf(entry), ` of ${entry.actor.organisation}`);
  if (entry.on_behalf_of !== null) output.line("for       ", entry.on_behalf_of);
  output.line("what      ", whatOf(entry));
  output.line("place     ", place);
  if (entry.batch)
    output.line("in        ", `call ${entry.batch.number + 1} of ${entry.batch.count} in `, dim(entry.batch.id));
  if (entry.policies.length > 0) output.line("by        ", entry.policies.join(", "));
  for (const [name, value] of Object.entries(entry.details ?? {}))
    output.line(dim(`  ${name}: `), JSON.stringify(value));
  if (entry.is_sealed && entry.personal === null) output.line(dim("The personal part cannot be read any more."));
  for (const [name, value] of Object.entries(entry.personal ?? {}))
    output.line(yellow("  sealed "), dim(`${name}: `), JSON.stringify(value));
}

export async function showProof(cli: Cli, id: string): Promise<void> {
  const { output } = cli;
  const proof = await connect(cli).api.audit.proof({ id });
  if (output.isJson) return output.json(proof);
  for (const line of proof.tlog_proof.split("\n").slice(0, -1)) output.line(line);
}

function whoOf({ actor }: AuditEntryView): Piece {
  return actor.name ?? actor.id ?? dim(`${actor.kind}, erased`);
}

function whatOf({ action, details, resource: { type, id } }: AuditEntryView): Piece {
  const count = details?.["count"];
  if (action === "calls.executed" && typeof count === "number") return `${count} ${count === 1 ? "call" : "calls"}`;
  if (id === null) return dim(`${type}, erased`);
  return id === "" ? type : `${type} ${id}`;
}

const colourOf = (outcome: AuditEntryView["outcome"]): Piece =>
  ({ ok: green, refused: yellow, failed: red })[outcome](outcome);
