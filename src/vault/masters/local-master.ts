// A master key that is given by reference, or lies in the data folder.
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { resolveSecret } from "../../kernel/index.ts";
import { readOrMakeSecretFile } from "../../storage/index.ts";
import type { VaultConfig } from "../config.ts";
import { vaultErrors } from "../errors.ts";
import { unwrapBytes, wrapBytes } from "../wrap-bytes.ts";
import type { Master, MasterDeps, Masters } from "./contract.ts";

const KEY_BYTES = 32;
const MARK = "local:";

export function createLocalMasters(
  { master_key: given, former_master_keys: former, kms }: VaultConfig,
  { secrets, folder }: MasterDeps,
): Masters {
  const read = (ref: string): Master => masterOf(ref, parseKey(resolveSecret(ref, secrets)));
  const path = join(folder, "vault.key");
  const ownKey = (): Master => masterOf(`file:${path}`, parseKey(readOrMakeSecretFile(path, newKey).trim()));
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

const newKey = (): string => `${randomBytes(KEY_BYTES).toString("base64")}\n`;

function masterOf(name: string, secret: Buffer): Master {
  return {
    name,
    wrap: (plain) => Promise.resolve(`${MARK}${wrapBytes(plain, { secret }).toString("base64")}`),
    unwrap: (wrapped) =>
      Promise.resolve(
        wrapped.startsWith(MARK)
          ? unwrapBytes(Buffer.from(wrapped.slice(MARK.length), "base64"), { secret })
          : undefined,
      ),
  };
}

function parseKey(text: string): Buffer {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, "hex") : Buffer.from(text, "base64");
  if (key.length !== KEY_BYTES)
    throw vaultErrors.bad_master_key({ why: `it has ${key.length} bytes and needs ${KEY_BYTES}` });
  return key;
}
