// Console sessions: a signed token in a cookie that says which key signed in and until when. Nothing is stored, and
// the key itself is looked up on each use, so revoking it ends its sessions.
import { timingSafeEqual } from "node:crypto";
import type { World } from "../kernel/index.ts";
import { governanceErrors } from "./errors.ts";

export interface Sessions {
  /** A token for the cookie. */
  issue(keyId: string): string;
  /** The key id behind a token. Throws `governance.key_invalid` for a forged or expired one. */
  read(token: string): string;
}

export function createSessions(options: { installationSecret: string; lifetimeMs: number; world: World }): Sessions {
  const sign = (payload: string): Buffer =>
    Buffer.from(new Bun.CryptoHasher("sha256", `session:${options.installationSecret}`).update(payload).digest("hex"));
  return {
    issue(keyId) {
      const payload = `${keyId}.${options.world.nowMs() + options.lifetimeMs}`;
      return `${payload}.${sign(payload)}`;
    },
    read(token) {
      const [keyId = "", expiresAt = "", signature = ""] = token.split(".");
      const expected = sign(`${keyId}.${expiresAt}`);
      const given = Buffer.from(signature);
      const isGenuine = given.length === expected.length && timingSafeEqual(given, expected);
      if (!isGenuine || Number(expiresAt) <= options.world.nowMs()) {
        throw governanceErrors.key_invalid({ why: "the console session has ended; sign in again" });
      }
      return keyId;
    },
  };
}
