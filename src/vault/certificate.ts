// The certificate of an erasure: what was destroyed, when and by whom, signed, without a name in it. Whoever has the public key and
// the name can see that it was that name.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import { join } from "node:path";
import canonicalize from "canonicalize";
import { readOrMakeSecretFile } from "../storage/index.ts";
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
  const make = (): string =>
    generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return createPrivateKey(readOrMakeSecretFile(path, make));
}
