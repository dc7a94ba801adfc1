// Links that decide: an id and a signature over it. What was not signed here never comes as far as the database; that a link
// is used once, and not for ever, is said there.
import { createHmac, timingSafeEqual } from "node:crypto";

export interface LinkTokens {
  sign(id: string): string;
  /** The id; undefined for what was not signed here. */
  read(token: string): string | undefined;
}

const TOKEN_LENGTH_MAX = 200;

export function createLinkTokens(secret: string): LinkTokens {
  const signatureOf = (id: string): Buffer => createHmac("sha256", secret).update(`approval link ${id}`).digest();
  return {
    sign: (id) => `${id}.${signatureOf(id).toString("base64url")}`,
    read(token) {
      const [id = "", signature = "", ...more] = token.length > TOKEN_LENGTH_MAX ? [] : token.split(".");
      const given = Buffer.from(signature, "base64url");
      const right = signatureOf(id);
      const isRight = more.length === 0 && given.length === right.length && timingSafeEqual(given, right);
      return isRight ? id : undefined;
    },
  };
}
