// Asks the server for a change, as forms and dialogs want to hear of it.
import { explainError, type Problem } from "./explain-error.ts";

/** Null when it went well, else what is wrong. */
export async function tryChange(work: () => Promise<unknown>): Promise<Problem | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return explainError(error);
  }
}
