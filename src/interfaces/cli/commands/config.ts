// `config check` and `config show`. Reading and checking is the host's; this only tells.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Cli } from "../cli.ts";
import type { LoadedConfig } from "../cli-host.ts";
import { cliErrors } from "../errors.ts";
import { dim, green } from "../terminal/style.ts";

export async function checkConfig(cli: Cli, file?: string): Promise<void> {
  const { path } = await load(cli, file);
  if (cli.output.isJson) return cli.output.json({ ok: true, path });
  cli.output.line(green("The configuration holds: "), describeSource(path));
}

export async function showConfig(cli: Cli, file?: string): Promise<void> {
  const { output } = cli;
  const { path, config } = await load(cli, file);
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

const IN_ADDRESS = /(\w+:\/\/[^/\s@:]*):[^/\s@]*@/g;
const IN_QUERY = /([?&]\w*password=)[^&\s]*/gi;

/** Secrets are references already; what is left are credentials inside addresses, such as a database URL. */
function hideCredentials(value: unknown): unknown {
  if (typeof value === "string") return value.replace(IN_ADDRESS, "$1:…@").replace(IN_QUERY, "$1…");
  if (Array.isArray(value)) return value.map(hideCredentials);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hideCredentials(inner)]));
}
