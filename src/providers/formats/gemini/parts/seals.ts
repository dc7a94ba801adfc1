// Signatures of thoughts, at callers. Google's SDKs take a `thoughtSignature` for base64 and refuse what is none, so that a seal of
// another vendor's, which is text of ours, is wrapped once more. Reasoning that is a seal alone says so before it.

const REDACTED = "redacted:";
const BASE64 = /^[\w+/-]+={0,2}$/;

/** Of another vendor's make, and not for Gemini. */
export function isForeignSeal(seal: string): boolean {
  return !BASE64.test(seal);
}

export function wrapSeal(seal: string): string {
  return isForeignSeal(seal) ? Buffer.from(seal).toString("base64") : seal;
}

export function wrapRedacted(redacted: string): string {
  return Buffer.from(REDACTED + redacted).toString("base64");
}

/** Every seal that was handed out to a caller of another dialect begins so. */
const MARK = "bn1.";

export interface Seal {
  signature?: string;
  redacted?: string;
  isForeign: boolean;
}

export function unwrapSeal(signature: string): Seal {
  const found = Buffer.from(signature, "base64").toString();
  if (found.startsWith(REDACTED)) return { redacted: found.slice(REDACTED.length), isForeign: true };
  return found.startsWith(MARK) ? { signature: found, isForeign: true } : { signature, isForeign: false };
}
