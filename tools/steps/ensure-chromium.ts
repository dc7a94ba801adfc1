// The tests of the console want a real Chromium. Where there is none, Debian's package is installed by whoever may install
// packages; anyone else is told what would be skipped, and why.

const INSTALL_MS = 10 * 60_000;

export interface Machine {
  /** Where a Chromium is; undefined where there is none. */
  found: string | undefined;
  isRoot: boolean;
  hasApt: boolean;
  /** Resolves with the exit code. */
  run(command: readonly string[]): Promise<number>;
  tell(line: string): void;
}

export async function ensureChromium({ found, isRoot, hasApt, run, tell }: Machine): Promise<void> {
  if (found !== undefined) return;
  const how = "install Debian's package chromium-headless-shell or chromium, or name one in BINNACLE_CHROMIUM";
  if (!isRoot || !hasApt) {
    tell(`There is no Chromium: tests of the console will be skipped. To run them, ${how}.`);
    return;
  }
  tell("There is no Chromium: installing Debian's package, once.");
  const isDone =
    (await run(["apt-get", "update", "-qq"])) === 0 &&
    (await run(["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium-headless-shell"])) === 0;
  if (!isDone) tell(`Chromium could not be installed: tests of the console will be skipped. To run them, ${how}.`);
}

/** Runs quietly; what takes longer than a package can take is ended. */
export async function runQuietly(command: readonly string[]): Promise<number> {
  const child = Bun.spawn([...command], {
    stdio: ["ignore", "ignore", "ignore"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    timeout: INSTALL_MS,
  });
  return child.exited;
}
