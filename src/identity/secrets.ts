// Random texts that nobody guesses, what is kept of them, and comparisons that take as long whatever they find.
import { timingSafeEqual } from "node:crypto";

/** 256 bits, base64url. */
export const randomToken = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url");

/** HMAC-SHA-256, base64url. */
export const sealOf = (text: string, secret: string): string =>
  new Bun.CryptoHasher("sha256", secret).update(text).digest("base64url");

export function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** A text that only this installation writes. */
export const signText = (text: string, secret: string): string =>
  `${Buffer.from(text).toString("base64url")}.${sealOf(text, secret)}`;

/** What was signed; undefined for what this installation did not write. */
export function readSigned(signed: string, secret: string): string | undefined {
  const [body = "", seal = "", ...more] = signed.split(".");
  const text = Buffer.from(body, "base64url").toString("utf8");
  return more.length === 0 && isSame(seal, sealOf(text, secret)) ? text : undefined;
}
