// For starts: a database was there a moment ago. On a machine that is short of processors it may have no answer in time, and have
// one soon.
import { isAppError, sleep } from "../../kernel/index.ts";

const ATTEMPTS = 60;
const PAUSE_MS = 500;

/** Attempts again while the error says that this may help later; throws the last one. */
export async function waitingForDatabase<T>(attempt: () => Promise<T>, pauseMs = PAUSE_MS): Promise<T> {
  for (let left = ATTEMPTS; ; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isAppError(error) || error.retry !== "later" || left === 0) throw error;
      await sleep(pauseMs);
    }
  }
}
