// `apply` and `export`: a file of users, teams, projects and keys. The server plans and writes; this asks and tells.
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Applied, State } from "../../../../governance/contract.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { cliErrors } from "../../errors.ts";
import { isMeant } from "../../terminal/is-meant.ts";
import { bold, dim, green } from "../../terminal/style.ts";
import { describePlan } from "./describe-plan.ts";

export interface ApplyOptions {
  file: string;
  organisation?: string;
  dryRun?: boolean;
  prune?: boolean;
  yes?: boolean;
}

const NOT_DONE = 1;

export async function applyFile(
  cli: Cli,
  { file, organisation, dryRun = false, prune = false, yes = false }: ApplyOptions,
): Promise<number | void> {
  const { output } = cli;
  const { api } = connect(cli);
  const input = { state: await readFile(cli, file), prune, ...(organisation !== undefined && { organisation }) };
  const plan = await api.apply({ ...input, dry_run: true });
  const { create, change, remove } = plan.counts;
  const count = create + change + remove;
  if (!output.isJson) output.lines(describePlan(plan));
  if (dryRun || count === 0) return output.isJson ? output.json(plan) : undefined;
  // With --json nothing was shown that a person could agree to.
  if (output.isJson && !yes) throw cliErrors.nobody_to_ask({});
  if (!(await isMeant(cli, yes))) return NOT_DONE;
  const applied = await api.apply({ ...input, if_revision: plan.revision });
  if (output.isJson) return output.json(applied);
  tellApplied(cli, applied, count);
}

function tellApplied({ output }: Cli, { secrets }: Applied, count: number): void {
  output.note(
    green("Applied "),
    `${count} ${count === 1 ? "change" : "changes"}. Every process follows within a second.`,
  );
  const keys = Object.values(secrets).flatMap((ofSection) => Object.entries(ofSection));
  if (keys.length === 0) return;
  output.note("These are the new keys. They are shown this once, so keep them now:");
  output.table(
    [{ title: "NAME" }, { title: "KEY" }],
    keys.map(([name, secret]) => [bold(name), secret]),
  );
}

export async function exportState(cli: Cli, options: { organisation?: string } = {}): Promise<void> {
  const { output } = cli;
  const exported = await connect(cli).api.export(options);
  if (output.isJson) return output.json(exported);
  const { stringify } = await import("yaml");
  for (const { section, name, reason } of exported.left_out)
    output.note(dim(`${section}.${name} is left out: ${reason}`));
  output.text(stringify(exported.state, { lineWidth: 0 }));
}

async function readFile({ host }: Cli, file: string): Promise<State> {
  const path = file === "-" ? "standard input" : resolve(host.cwd, file);
  if (file !== "-" && !existsSync(path)) throw cliErrors.no_state_file({ path });
  const text = file === "-" ? await host.stdin.read() : readFileSync(path, "utf8");
  const { parseDocument } = await import("yaml");
  const document = parseDocument(text, { uniqueKeys: true });
  const [error] = document.errors;
  if (error) throw cliErrors.not_a_state({ path, why: error.message.split("\n")[0] ?? "it is not YAML" });
  const value: unknown = document.toJS() ?? {};
  const isSections = isMap(value) && Object.values(value).every((section) => section === null || isMap(section));
  if (!isSections) throw cliErrors.not_a_state({ path, why: "it must hold sections, and in them entries by name" });
  // The server checks what is in them.
  return value as State;
}

function isMap(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
