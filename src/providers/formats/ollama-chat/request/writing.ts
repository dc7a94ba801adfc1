// What the writers of a request for a vendor share.
import type { Extra } from "../../../contract.ts";

export interface Writing {
  /** The caller spoke this dialect: every extra goes back to where it stood. */
  isOwn: boolean;
  drop(what: string, why: string): void;
}

export const NO_WORD = "Ollama has no word for it";

export function tellExtra(extra: Extra | undefined, path: string, { isOwn, drop }: Writing): void {
  if (!isOwn) for (const name of Object.keys(extra ?? {})) drop(`${path}.${name}`, NO_WORD);
}
