// Reads the config file again when it has changed, and hands over what is right. A file that does not hold is told of, and
// what was in force stays so.
import { statSync } from "node:fs";
import { isAppError, type Log } from "./kernel/index.ts";

export interface ConfigWatch {
  close(): void;
}

interface WatchDeps<C> {
  /** Throws `config.invalid` and the like. */
  read(): Promise<C>;
  apply(config: C): Promise<void>;
  log: Log;
}

/** Looked at, not listened for: editors and orchestrators put another file in its place, which a listener would not follow. */
const LOOK_EVERY_MS = 250;

export function watchConfig<C>(path: string, { read, apply, log }: WatchDeps<C>): ConfigWatch {
  let seen = stateOf(path);
  let applying = Promise.resolve();

  async function reload(): Promise<void> {
    try {
      await apply(await read());
    } catch (error) {
      const why = isAppError(error) ? `${error.message} ${error.fix}` : String(error);
      log.error({ path, why }, "the config file was changed and does not hold; the one before stays in force");
    }
  }

  function look(): void {
    const now = stateOf(path);
    if (now === seen) return;
    seen = now;
    applying = applying.then(reload);
  }

  const timer = setInterval(look, LOOK_EVERY_MS);
  return { close: () => clearInterval(timer) };
}

/** Differs when the file was written, replaced, made or removed. */
function stateOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? `${stat.ino} ${stat.size} ${stat.mtimeMs}` : "none";
}
