// `alerts set-rule`, `alerts delete-rule`, `slos set` and `slos delete`: rules and objectives that are made by API.
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { cliErrors } from "../../errors.ts";
import { isMeant } from "../../terminal/is-meant.ts";
import { bold, green } from "../../terminal/style.ts";
import { readTree } from "../config/read-tree.ts";

interface YesOption {
  yes?: boolean;
}
interface FileOption {
  file: string;
}

const NOT_DONE = 1;

export async function setRule(cli: Cli, name: string, { file }: FileOption): Promise<void> {
  const spec = await readSettings(cli, file, "alerts.rules");
  const rule = await connect(cli).api.alerts.rules.put({ name, spec });
  if (cli.output.isJson) return cli.output.json(rule);
  cli.output.line(green("Set "), bold(rule.name), `, a rule of the kind ${rule.kind}. It is read at the next look.`);
}

export async function deleteRule(cli: Cli, name: string, { yes }: YesOption): Promise<number | void> {
  if (!(await isMeant(cli, yes))) return NOT_DONE;
  const done = await connect(cli).api.alerts.rules.delete({ name });
  if (cli.output.isJson) return cli.output.json(done);
  cli.output.line(green("Deleted "), bold(done.deleted), ". What it told of is resolved.");
}

export async function setSlo(cli: Cli, name: string, { file }: FileOption): Promise<void> {
  const spec = await readSettings(cli, file, "alerts.slos");
  const slo = await connect(cli).api.slos.put({ name, spec });
  if (cli.output.isJson) return cli.output.json(slo);
  cli.output.line(
    green("Set "),
    bold(slo.name),
    `: ${slo.objective}, ${slo.target} %. It is measured at the next look.`,
  );
}

export async function deleteSlo(cli: Cli, name: string, { yes }: YesOption): Promise<number | void> {
  if (!(await isMeant(cli, yes))) return NOT_DONE;
  const done = await connect(cli).api.slos.delete({ name });
  if (cli.output.isJson) return cli.output.json(done);
  cli.output.line(green("Deleted "), bold(done.deleted), ".");
}

function readSettings(cli: Cli, file: string, place: string): Promise<Record<string, unknown>> {
  return readTree(cli, file, {
    missing: (path) => cliErrors.no_settings_file({ path }),
    unreadable: (path, why) => cliErrors.no_settings({ path, why, place }),
  });
}
