// Where the server is and which key opens it, from options, environment and data folder. Nothing is sent from here.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Cli } from "./cli.ts";
import { cliErrors } from "./errors.ts";

const DEFAULT_PORT = "4100";

export interface ServerAddress {
  /** Without a slash at its end. */
  url: string;
  /** Whether it is this machine, so that the data folder here may be its own. */
  isLocal: boolean;
}

/** `--url`, else BINNACLE_URL, else this machine at BINNACLE_PORT. Throws `cli.bad_url`. */
export function findServer({ globals, host }: Cli): ServerAddress {
  const given = globals.url ?? host.env["BINNACLE_URL"];
  const text = given || `http://127.0.0.1:${host.env["BINNACLE_PORT"] || DEFAULT_PORT}`;
  const source = globals.url ? "--url" : given ? "BINNACLE_URL" : "BINNACLE_PORT";
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw cliErrors.bad_url({ url: text, source });
  return {
    url: `${url.origin}${url.pathname.replace(/\/+$/, "")}`,
    isLocal: /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(url.hostname),
  };
}

/** The data folder, absolute: `--home`, else BINNACLE_HOME, else `.binnacle` here. */
export function findHome({ globals, host }: Cli): string {
  return resolve(host.cwd, globals.home ?? (host.env["BINNACLE_HOME"] || ".binnacle"));
}

/**
 * `--key`, else BINNACLE_KEY, else the admin key in the data folder; that one only for a server on this machine, so
 * that a mistyped address never gets it. Throws `cli.no_key…` and `cli.key_unreadable`.
 */
export function findKey(cli: Cli): string {
  const given = cli.globals.key ?? cli.host.env["BINNACLE_KEY"];
  if (given) return given.trim();
  const { url, isLocal } = findServer(cli);
  if (!isLocal) throw cliErrors.no_key_for_remote({ url });
  const path = join(findHome(cli), "admin.key");
  try {
    return readFileSync(path, "utf8").trim();
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") throw cliErrors.no_key({ path }, cause);
    throw cliErrors.key_unreadable({ path, why: cause instanceof Error ? cause.message : String(cause) }, cause);
  }
}
