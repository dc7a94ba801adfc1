// Makes node_modules what package-lock.json says, with `npm ci`, and only when it is not. A stamp with the lock's hash
// inside node_modules makes the usual answer ("it is") one small read.
import { createHash } from "node:crypto";
import { existsSync, lstatSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { explain, interrupted } from "./explain.mjs";
import { withLock } from "./lock.mjs";
import { runChild } from "./run-child.mjs";

/** Resolves once every dependency is installed; throws an explained error when npm cannot do it. */
export async function ensureInstalled(root) {
  if (isInstalled(root)) return;
  refuseLink(join(root, "node_modules"));
  const installOnce = async () => {
    if (!isInstalled(root)) await install(root);
  };
  await withLock(join(root, ".install.lock"), "installing the dependencies", installOnce);
}

/** `npm ci` would empty the folder behind a link, which others may be using. */
function refuseLink(path) {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  throw explain(
    `${path} is a link, and what it leads to is not what package-lock.json says.`,
    "Install where it leads to, or remove the link and start again.",
  );
}

function isInstalled(root) {
  const lock = readFileSync(join(root, "package-lock.json"));
  const hash = createHash("sha256").update(lock).digest("hex");
  const stamp = join(root, "node_modules/.install-stamp");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return true;
  if (!agrees(root, JSON.parse(lock.toString("utf8")).packages)) return false;
  writeStamp(stamp, hash);
  return true;
}

/** Whether someone else (a person's own `npm ci`, an image's build) has installed just this lock already. */
function agrees(root, wanted) {
  const path = join(root, "node_modules/.package-lock.json");
  if (!existsSync(path)) return false;
  const installed = JSON.parse(readFileSync(path, "utf8")).packages;
  // npm writes that list also when it was told to change the lock alone, so each package is looked for.
  const same = Object.keys(installed).every(
    (name) => wanted[name]?.version === installed[name].version && existsSync(join(root, name, "package.json")),
  );
  const whole = Object.entries(wanted).every(
    ([name, entry]) => name === "" || installed[name] || entry.optional || entry.devOptional || entry.peer,
  );
  return same && whole;
}

function writeStamp(path, hash) {
  try {
    writeFileSync(path, hash);
  } catch {
    // Read-only trees are fine: the longer comparison is done each time instead.
  }
}

async function install(root) {
  process.stderr.write("binnacle: installing the dependencies with npm ci …\n");
  const [command, ...first] = npmCommand();
  // Development dependencies build the console, and optional ones are the binaries of this platform, so both are
  // needed whatever the user's npm configuration leaves out. Warnings are about Node, on which nothing of ours runs.
  const args = [...first, "ci", "--no-audit", "--no-fund", "--loglevel=error", "--include=dev", "--include=optional"];
  const result = await runChild(command, args, { cwd: root, stdio: ["ignore", 2, "pipe"] }).catch((cause) => {
    throw explain(`npm could not be started: ${cause.message}.`, "Install npm (it comes with Node) and try again.");
  });
  if (result.code === 0 && isInstalled(root)) return;
  if (result.interrupted) throw interrupted(result.code);
  throw explainFailure(root, result);
}

/** npm as it runs us now, or the one on the PATH. */
function npmCommand() {
  const running = process.env.npm_execpath;
  return running?.endsWith(".js") && existsSync(running) ? [process.execPath, running] : ["npm"];
}

const FAILURES = [
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/,
    "npm could not reach its registry.",
    "Check the network, the proxy, and `npm config get registry`; then try again.",
  ],
  [
    /EACCES|EPERM|EROFS/,
    "npm may not write to this folder or to its cache.",
    "Run this as the user who owns them, or give this user the right to write there (`npm config get cache` names the cache).",
  ],
  [/ENOSPC/, "The disk is full.", "Free about 1 GB and try again."],
  [
    /EINTEGRITY/,
    "A package is not the one that package-lock.json names.",
    "Run `npm cache verify`; if it happens again, the registry or a proxy changes packages on the way: do not go on.",
  ],
  [
    /EUSAGE/,
    "package.json and package-lock.json do not agree.",
    "Run `npm install` and commit the package-lock.json that it writes.",
  ],
];

function explainFailure(root, { code, stderr }) {
  const known = FAILURES.find(([pattern]) => pattern.test(stderr));
  if (known) return explain(known[1], known[2]);
  return explain(
    `npm ci failed with exit code ${code}.`,
    `Its own words stand above; \`npm ci\` in ${root} shows them again.`,
  );
}
