// One launcher at a time may install or build: others wait for it, then find the work done. The lock is a file with
// the holder's process id; one that a dead process left behind is taken over.
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { explain } from "./explain.mjs";

const WAIT_MS = 250;
const WAIT_MAX_MS = 15 * 60_000;

/** Runs `work` while holding the lock file at `path`. `job` says what it does, as in "installing the dependencies". */
export async function withLock(path, job, work) {
  await take(path, job);
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

async function take(path, job) {
  const deadline = Date.now() + WAIT_MAX_MS;
  for (let tries = 0; !tryTake(path, job); tries += 1) {
    if (tries === 0) process.stderr.write(`binnacle: another launch is ${job}; waiting for it …\n`);
    if (Date.now() > deadline)
      throw explain(
        `Another launch has held ${path} for too long.`,
        "If no other launch is running, delete that file.",
      );
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
}

function tryTake(path, job) {
  try {
    const file = openSync(path, "wx");
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return removeStale(path);
    if (error.code === "EACCES" || error.code === "EROFS")
      throw explain(
        `This user may not write ${path}, so ${job} is not possible.`,
        "Run this as the user who owns the folder, or give this user the right to write there.",
      );
    throw error;
  }
}

/** Always false: the caller tries again. Renaming first lets only one of several waiters remove a dead holder's lock. */
function removeStale(path) {
  try {
    if (isAlive(Number(readFileSync(path, "utf8")))) return false;
    const aside = `${path}.${process.pid}`;
    renameSync(path, aside);
    rmSync(aside, { force: true });
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  return false;
}

function isAlive(pid) {
  // Empty: the holder has created the file and not yet written its id.
  if (!pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
