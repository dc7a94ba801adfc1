// The data folder: made once, with a password that only Binnacle knows.
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { storageErrors } from "../errors.ts";
import type { Place } from "./place.ts";
import { runToEnd } from "./postmaster.ts";
import { SERVER_USER } from "./settings.ts";

/** Returns the server's password, after making the data folder if there is none yet. */
export async function ensureCluster(place: Place, durable: boolean): Promise<string> {
  const { dataDir: data, passwordFile: file, owner } = place;
  const hasPassword = existsSync(file);
  if (!existsSync(data)) {
    // Beginning anew in silence would look like lost data. A first start that was cut off leaves its work beside.
    if (hasPassword && unfinished(data).length === 0) throw storageErrors.data_missing({ data, file });
    return await createCluster(place, durable);
  }
  if (!hasPassword) throw storageErrors.password_missing({ data, file });
  const user = owner?.uid ?? process.getuid?.();
  const { uid } = statSync(data);
  if (user !== undefined && uid !== user) throw storageErrors.data_of_other_user({ data, owner: uid, user });
  return readFileSync(file, "utf8").trim();
}

/** What first starts left that were cut off. */
function unfinished(dataDir: string): string[] {
  const prefix = `${basename(dataDir)}.new-`;
  const names = readdirSync(dirname(dataDir)).filter((name) => name.startsWith(prefix));
  return names.map((name) => join(dirname(dataDir), name));
}

// Made aside and renamed: a start that is cut off half-way leaves nothing that looks like data. Each try has a name of
// its own, as the initdb of a try that was killed may still be at work.
async function createCluster(place: Place, durable: boolean): Promise<string> {
  const password = randomBytes(24).toString("base64url");
  for (const path of unfinished(place.dataDir)) rmSync(path, { recursive: true, force: true });
  const aside = `${place.dataDir}.new-${randomBytes(4).toString("hex")}`;
  const passwordForInit = join(aside, "password");
  mkdirSync(join(aside, "data"), { recursive: true, mode: 0o700 });
  writeFileSync(passwordForInit, password, { mode: 0o600 });
  if (place.owner)
    for (const path of [aside, join(aside, "data"), passwordForInit]) chownSync(path, place.owner.uid, place.owner.gid);
  const args = ["-D", join(aside, "data"), "-U", SERVER_USER, `--pwfile=${passwordForInit}`, "--auth=scram-sha-256"];
  // The built-in C.UTF-8 sorts by code point and knows Unicode's letters, the same on every machine and in every version.
  args.push("-E", "UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions");
  if (!durable) args.push("--no-sync");
  const { ok, output } = await runToEnd([place.binaries.initdb, ...args], place.owner);
  if (!ok) throw storageErrors.embedded_failed({ data: place.dataDir, why: output, log: place.logFile });
  writeFileSync(place.passwordFile, `${password}\n`, { mode: 0o600, flush: true });
  chmodSync(place.passwordFile, 0o600);
  renameSync(join(aside, "data"), place.dataDir);
  rmSync(aside, { recursive: true, force: true });
  return password;
}
