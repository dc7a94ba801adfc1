// The certificate of an erasure: what was destroyed, when and by whom, signed, without a name in it. Whoever has the public key and
// the name can see that it was that name.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import canonicalize from "canonicalize";
import type { DataSubject, ErasureCertificate } from "./contract.ts";

export type Unsigned = Omit<ErasureCertificate, "signature" | "public_key">;

export interface Signer {
  sign(certificate: Unsigned): ErasureCertificate;
}

/** The key lies in the data folder, made on first use. */
export function createSigner(folder: string): Signer {
  const path = join(folder, "vault-signing.key");
  let key: KeyObject | undefined;
  return {
    sign(certificate) {
      key ??= readOrMake(path);
      const public_key = createPublicKey(key).export({ type: "spki", format: "pem" }).toString();
      const unsigned = { ...certificate, public_key };
      return { ...unsigned, signature: sign(null, bytesOf(unsigned), key).toString("base64") };
    },
  };
}

export function isGenuine({ signature, ...certificate }: ErasureCertificate): boolean {
  return verify(null, bytesOf(certificate), createPublicKey(certificate.public_key), Buffer.from(signature, "base64"));
}

/** What stands in a certificate for whose data it was. */
export function digestOf(subject: DataSubject): string {
  return new Bun.CryptoHasher("sha256").update(canonicalize(subject) ?? "").digest("hex");
}

function bytesOf(certificate: Omit<ErasureCertificate, "signature">): Buffer {
  return Buffer.from(canonicalize(certificate) ?? "");
}

function readOrMake(path: string): KeyObject {
  if (!existsSync(path)) {
    const { privateKey } = generateKeyPairSync("ed25519");
    try {
      writeFileSync(path, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600, flag: "wx" });
    } catch (error) {
      // Another process was first.
      if (!existsSync(path)) throw error;
    }
  }
  return createPrivateKey(readFileSync(path, "utf8"));
}
