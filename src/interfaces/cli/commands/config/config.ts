// `config check` and `config show`. Reading and checking is the host's; this only tells.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { hideCredentials } from "../../../../kernel/index.ts";
import type { Cli } from "../../cli.ts";
import type { LoadedConfig } from "../../cli-host.ts";
import { cliErrors } from "../../errors.ts";
import { dim, green } from "../../terminal/style.ts";

export async function checkConfig(cli: Cli, file?: string): Promise<void> {
  const { path } = await load(cli, file);
  if (cli.output.isJson) return cli.output.json({ ok: true, path });
  cli.output.line(green("The configuration holds: "), describeSource(path));
}

export async function showConfig(cli: Cli, file?: string): Promise<void> {
  const { output } = cli;
  const { path, config } = await load(cli, file);
  // Secrets are references already; what is left are credentials inside addresses.
  const shown = hideCredentials(config);
  if (output.isJson) return output.json({ path, config: shown });
  const { stringify } = await import("yaml");
  output.line(dim(`# ${describeSource(path)}`));
  output.line(
    dim("# Defaults filled in. Durations are in milliseconds, sizes in bytes; a file may also say 30s or 32MiB."),
  );
  output.text(stringify(shown, { lineWidth: 0 }));
}

/** Without a file, a start takes the defaults and the environment alone. */
export function describeSource(path: string): string {
  return existsSync(path) ? path : `defaults and environment (there is no ${path})`;
}

async function load({ host }: Cli, file?: string): Promise<LoadedConfig> {
  if (file === undefined) return host.loadConfig();
  const path = resolve(host.cwd, file);
  if (!existsSync(path)) throw cliErrors.no_such_file({ path });
  return host.loadConfig(path);
}
