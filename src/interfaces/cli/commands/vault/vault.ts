// `vault show`, `rotate`, `erase`, `erasures`, `hold`, `holds` and `lift`.
import type { DataSubject, LegalHold, VaultState } from "../../../../vault/contract.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { isMeant } from "../../terminal/is-meant.ts";
import { formatMoment } from "../../terminal/moment.ts";
import { bold, dim, green, red, yellow } from "../../terminal/style.ts";

export interface SubjectOptions {
  user?: string;
  keyId?: string;
  project?: string;
  organisation?: string;
  reason: string;
  yes?: boolean;
}

const NOT_DONE = 1;
const WRONG_USE = 2;

export async function showVault(cli: Cli): Promise<void> {
  tell(cli, await connect(cli).api.vault.get());
}

export async function rotateVault(cli: Cli): Promise<void> {
  tell(cli, await connect(cli).api.vault.rotate());
}

function tell({ output }: Cli, state: VaultState): void {
  if (output.isJson) return output.json(state);
  output.line(
    bold("sealing    "),
    state.enabled ? green("on") : yellow("off"),
    dim(state.enabled ? "" : "  vault.enabled"),
  );
  output.line(bold("master     "), state.master ?? dim("none yet"));
  output.line(
    bold("wrapping   "),
    state.wrapping_version === null ? dim("none yet") : `version ${state.wrapping_version}`,
  );
  output.line(
    bold("data keys  "),
    `${state.keys} in use, ${state.destroyed_keys} destroyed, ${state.to_rewrap} to be wrapped anew`,
  );
}

export async function erase(cli: Cli, options: SubjectOptions): Promise<number | void> {
  const { output } = cli;
  const subject = subjectOf(cli, options);
  if (!subject) return WRONG_USE;
  output.note(red("What is erased can be read by nobody any more, from backups neither. There is no way back."));
  if (!(await isMeant(cli, options.yes))) return NOT_DONE;
  const certificate = await connect(cli).api.vault.erase({ subject, reason: options.reason });
  // A certificate is kept as it is, whoever asked for it.
  output.json(certificate);
}

export async function listErasures(cli: Cli, { limit }: { limit: number }): Promise<void> {
  const { output, host } = cli;
  const { erasures } = await connect(cli).api.vault.erasures({ limit });
  if (output.isJson) return output.json({ erasures });
  if (erasures.length === 0)
    return output.note("Nothing was erased. `binnacle vault erase --user NAME --reason TEXT` does.");
  output.table(
    [
      { title: "AT" },
      { title: "KEYS", align: "right" },
      { title: "RECORDS", align: "right" },
      { title: "BY" },
      { title: "REASON" },
      { title: "ID" },
    ],
    erasures.map((each) => [
      formatMoment(each.at_ms, host.nowMs()),
      `${each.keys_destroyed}`,
      `${each.records}`,
      each.by,
      each.reason,
      each.id,
    ]),
  );
}

export async function hold(cli: Cli, options: SubjectOptions): Promise<number | void> {
  const subject = subjectOf(cli, options);
  if (!subject) return WRONG_USE;
  const made = await connect(cli).api.vault.hold({ subject, reason: options.reason });
  if (cli.output.isJson) return cli.output.json(made);
  cli.output.line(green("Held: "), nameOf(made), dim(`  ${made.id}`));
}

export async function listHolds(cli: Cli, { limit }: { limit: number }): Promise<void> {
  const { output, host } = cli;
  const { holds } = await connect(cli).api.vault.holds({ limit });
  if (output.isJson) return output.json({ holds });
  if (holds.length === 0)
    return output.note("Nothing is held. `binnacle vault hold --project NAME --reason TEXT` does.");
  output.table(
    [{ title: "MADE" }, { title: "WHAT" }, { title: "REASON" }, { title: "BY" }, { title: "STATE" }, { title: "ID" }],
    holds.map((each) => [
      formatMoment(each.made_at_ms, host.nowMs()),
      nameOf(each),
      each.reason,
      each.by,
      each.lifted_at_ms === null ? red("held") : dim("lifted"),
      each.id,
    ]),
  );
}

export async function lift(cli: Cli, id: string): Promise<void> {
  const lifted = await connect(cli).api.vault.lift({ id });
  if (cli.output.isJson) return cli.output.json(lifted);
  cli.output.line(green("Lifted: "), nameOf(lifted));
}

function nameOf({ subject }: LegalHold): string {
  return Object.entries(subject)
    .map(([kind, name]) => `${kind} ${name}`)
    .join(", ");
}

/** Undefined, and told, where nobody is named. */
function subjectOf({ output }: Cli, { user, keyId, project, organisation }: SubjectOptions): DataSubject | undefined {
  const subject: DataSubject = {
    ...(user !== undefined && { user }),
    ...(keyId !== undefined && { key: keyId }),
    ...(project !== undefined && { project }),
    ...(organisation !== undefined && { organisation }),
  };
  if (Object.keys(subject).length > 0) return subject;
  output.note(red("Say whose data: --user, --key-id, --project or --organisation."));
  return undefined;
}
