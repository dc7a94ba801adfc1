// Checks of the data folder: that it can be used, that it keeps its secrets, and that the clock has not gone back.
import { accessSync, constants, statSync, type Stats } from "node:fs";
import { join } from "node:path";
import { type Finding, fine, problem, warning } from "./finding.ts";

// Passing through to a file that one knows is not looking in; the embedded PostgreSQL has a user of its own who must.
const OTHERS_LOOK = 0o066;
const CLOCK_TOLERANCE_MS = 5_000;

export function checkHome(home: string, nowMs: number): Finding[] {
  const folder = statOf(home);
  if (!folder) {
    const fix = "The first start makes it. If it is elsewhere, say where with BINNACLE_HOME or --home.";
    return [warning("data folder", `${home} does not exist yet.`, fix)];
  }
  if (!folder.isDirectory())
    return [
      problem("data folder", `${home} is not a folder.`, "Move that file away, or choose another BINNACLE_HOME."),
    ];
  const key = statOf(join(home, "admin.key"));
  return [checkFolder(home, folder), checkAdminKey(join(home, "admin.key"), key), checkClock(key ?? folder, nowMs)];
}

function checkFolder(home: string, { mode }: Stats): Finding {
  try {
    accessSync(home, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    const fix = "Run Binnacle as the user who owns the folder, or give it to this one with chown.";
    return problem("data folder", `${home} cannot be written to by this user.`, fix);
  }
  if ((mode & OTHERS_LOOK) === 0) return fine("data folder", home);
  return warning("data folder", `Other users of this machine can look into ${home}.`, `chmod 700 ${home}`);
}

function checkAdminKey(path: string, key: Stats | undefined): Finding {
  if (!key) {
    const fix = "The first start makes it. If you moved it away on purpose, set BINNACLE_KEY for the command line.";
    return warning("admin key", `${path} does not exist.`, fix);
  }
  if ((key.mode & OTHERS_LOOK) === 0) return fine("admin key", `${path}, readable by its owner alone`);
  const fix = `chmod 600 ${path}, and if someone may have read it, make a new key and revoke this one.`;
  return problem("admin key", `Other users of this machine can read ${path}.`, fix);
}

/** Ids and times in the record come from this clock: it must not stand before what was written already. */
function checkClock({ mtimeMs }: Stats, nowMs: number): Finding {
  if (mtimeMs <= nowMs + CLOCK_TOLERANCE_MS) return fine("clock", new Date(nowMs).toISOString());
  const message = `The clock says ${new Date(nowMs).toISOString()}, but a file here is from ${new Date(mtimeMs).toISOString()}.`;
  return warning("clock", message, "Set the clock, and let NTP keep it (timedatectl set-ntp true).");
}

function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}
