// The keys that checkpoints are signed with: in the data folder, or given by reference. After a rotation the key before signs
// too, so that whoever trusts it alone can follow.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { resolveSecret, type SecretSources } from "../../kernel/index.ts";
import { makeSecretFile } from "../../storage/index.ts";
import { auditErrors } from "../errors.ts";
import { type Checkpoint, ED25519, keyIdOf, publicBytesOf, writeCheckpoint, writeNote, writeVerifier } from "./note.ts";

export interface SigningConfig {
  key?: string | undefined;
  previous_key?: string | undefined;
}

export interface SigningKeys {
  /** A signed note, by the key and, where there is one, the one before it. */
  sign(checkpoint: Checkpoint): string;
  /** In C2SP's words, for this origin; that of now first. */
  verifiers(origin: string): string[];
  /** A new key, from the next checkpoint on. Throws `audit.key_given` where the config names it. */
  rotate(): void;
}

interface SigningDeps {
  folder: string;
  secrets: SecretSources;
}

export function createSigningKeys(config: SigningConfig, { folder, secrets }: SigningDeps): SigningKeys {
  const path = join(folder, "audit-signing.key");
  const previousPath = join(folder, "audit-signing.previous.key");
  // Read each time: another process of this installation may have rotated it.
  const keys = (): KeyObject[] => (config.key === undefined ? fromFolder() : given(config.key));

  function given(reference: string): KeyObject[] {
    const references = config.previous_key === undefined ? [reference] : [reference, config.previous_key];
    return references.map((each) => parseKey(resolveSecret(each, secrets), each));
  }

  function fromFolder(): KeyObject[] {
    if (!existsSync(path)) writeKey(path);
    const paths = existsSync(previousPath) ? [path, previousPath] : [path];
    return paths.map((each) => parseKey(readFileSync(each, "utf8"), each));
  }

  function writeKey(to: string): void {
    const { privateKey } = generateKeyPairSync("ed25519");
    makeSecretFile(to, privateKey.export({ type: "pkcs8", format: "pem" }).toString());
  }

  return {
    sign(checkpoint) {
      const text = writeCheckpoint(checkpoint);
      const signatures = keys().map((key) => {
        const id = keyIdOf(checkpoint.origin, ED25519, publicBytesOf(createPublicKey(key)));
        return { name: checkpoint.origin, bytes: Buffer.concat([id, sign(null, Buffer.from(text), key)]) };
      });
      return writeNote({ text, signatures });
    },
    verifiers: (origin) => keys().map((key) => writeVerifier(origin, ED25519, publicBytesOf(createPublicKey(key)))),
    rotate() {
      if (config.key !== undefined) throw auditErrors.key_given({ reference: config.key });
      keys();
      renameSync(path, previousPath);
      writeKey(path);
    },
  };
}

function parseKey(pem: string, where: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === "ed25519") return key;
  } catch (cause) {
    throw auditErrors.key_unusable({ where }, cause);
  }
  throw auditErrors.key_unusable({ where });
}
