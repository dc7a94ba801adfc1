// Where the server is and which key opens it, from options, environment and data folder. Nothing is sent from here.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Cli } from "./cli.ts";
import { cliErrors } from "./errors.ts";

const DEFAULT_PORT = 4100;

export interface ServerAddress {
  /** Without a slash at its end. */
  url: string;
  /** Whether it is this machine, so that the data folder here may be its own. */
  isLocal: boolean;
}

/**
 * `--url`, else BINNACLE_URL, else this machine at BINNACLE_PORT, else what the server that was started last on this
 * data folder wrote down as its address (its port may come from a file, or be any free one), else the default port.
 * Throws `cli.bad_url`.
 */
export function findServer(cli: Cli): ServerAddress {
  const { text, source } = findAddress(cli);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw cliErrors.bad_url({ url: text, source });
  return {
    url: `${url.origin}${url.pathname.replace(/\/+$/, "")}`,
    isLocal: /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(url.hostname),
  };
}

function findAddress(cli: Cli): { text: string; source: string } {
  const { env } = cli.host;
  if (cli.globals.url) return { text: cli.globals.url, source: "--url" };
  if (env["BINNACLE_URL"]) return { text: env["BINNACLE_URL"], source: "BINNACLE_URL" };
  if (env["BINNACLE_PORT"]) return { text: `http://127.0.0.1:${env["BINNACLE_PORT"]}`, source: "BINNACLE_PORT" };
  const path = join(findHome(cli), "url");
  const written = existsSync(path) ? readFileSync(path, "utf8").trim() : "";
  return written
    ? { text: written, source: path }
    : { text: `http://127.0.0.1:${DEFAULT_PORT}`, source: "the default" };
}

/** The data folder, absolute: `--home`, else BINNACLE_HOME, else `.binnacle` here. */
export function findHome({ globals, host }: Cli): string {
  return resolve(host.cwd, globals.home ?? (host.env["BINNACLE_HOME"] || ".binnacle"));
}

/**
 * `--key`, else BINNACLE_KEY, else the admin key in the data folder; that one only for a server on this machine, so
 * that a mistyped address never gets it. Throws `cli.no_key…`, `cli.key_unreadable` and `cli.bad_key`.
 */
export function findKey(cli: Cli): string {
  const key = readKey(cli).trim();
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  throw cliErrors.bad_key({});
}

function readKey(cli: Cli): string {
  const given = cli.globals.key ?? cli.host.env["BINNACLE_KEY"];
  if (given) return given;
  const { url, isLocal } = findServer(cli);
  if (!isLocal) throw cliErrors.no_key_for_remote({ url });
  const path = join(findHome(cli), "admin.key");
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") throw cliErrors.no_key({ path }, cause);
    throw cliErrors.key_unreadable({ path, why: cause instanceof Error ? cause.message : String(cause) }, cause);
  }
}
