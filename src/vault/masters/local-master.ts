// A master key that is given by reference, or lies in the data folder.
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { resolveSecret } from "../../kernel/index.ts";
import type { VaultConfig } from "../config.ts";
import { vaultErrors } from "../errors.ts";
import type { Master, MasterDeps, Masters } from "./contract.ts";

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ALGORITHM = "aes-256-gcm";

export function createLocalMasters(
  { master_key: given, former_master_keys: former, kms }: VaultConfig,
  { secrets, folder }: MasterDeps,
): Masters {
  const read = (ref: string): Master => masterOf(ref, parseKey(resolveSecret(ref, secrets)));
  const path = join(folder, "vault.key");
  const ownKey = (): Master => masterOf(`file:${path}`, parseKey(readOrMake(path)));
  // What lies in the folder may have wrapped what there is before a key was given.
  const left = given !== undefined || kms ? existsSync(path) : false;
  return {
    present: given === undefined ? (kms ? nobody : ownKey()) : read(given),
    former: [...former.map(read), ...(left ? [ownKey()] : [])],
  };
}

/** Stands where a key management service does the work. */
const nobody: Master = {
  name: "",
  wrap: () => Promise.reject(new Error("there is no local master key")),
  unwrap: () => Promise.resolve(undefined),
};

function masterOf(name: string, secret: Buffer): Master {
  return {
    name,
    wrap(plain) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, secret, nonce);
      const bytes = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
      return Promise.resolve(`local:${bytes.toString("base64")}`);
    },
    unwrap(wrapped) {
      if (!wrapped.startsWith("local:")) return Promise.resolve(undefined);
      const bytes = Buffer.from(wrapped.slice("local:".length), "base64");
      const decipher = createDecipheriv(ALGORITHM, secret, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        return Promise.resolve(
          Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]),
        );
      } catch {
        return Promise.resolve(undefined);
      }
    },
  };
}

function parseKey(text: string): Buffer {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, "hex") : Buffer.from(text, "base64");
  if (key.length !== KEY_BYTES)
    throw vaultErrors.bad_master_key({ why: `it has ${key.length} bytes and needs ${KEY_BYTES}` });
  return key;
}

/** Several processes may begin at once: whoever comes second reads what the first wrote. */
function readOrMake(path: string): string {
  if (existsSync(path)) return readFileSync(path, "utf8").trim();
  mkdirSync(join(path, ".."), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, `${randomBytes(KEY_BYTES).toString("base64")}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  return readFileSync(path, "utf8").trim();
}
