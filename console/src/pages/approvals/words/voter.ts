// Whose voice it is, as the server writes it: `user:ada`, or `key:` and its id for a key that nobody stands behind.
import type { OwnSession } from "../../../../../src/identity/contract.ts";

export function voterOf({ user, kind, key_id: keyId }: Pick<OwnSession, "user" | "kind" | "key_id">): string {
  return user === null ? `${kind}:${keyId}` : `user:${user}`;
}

/** `ada`, or the key's id. */
export const nameOfVoter = (voter: string): string => voter.slice(voter.indexOf(":") + 1);
