// A key management service that speaks as HashiCorp Vault's and OpenBao's transit engine does: it wraps and unwraps, and keeps its
// key to itself. https://developer.hashicorp.com/vault/api-docs/secret/transit
import { type HttpAnswer, resolveSecret } from "../../kernel/index.ts";
import type { VaultConfig } from "../config.ts";
import { vaultErrors } from "../errors.ts";
import type { Master, MasterDeps } from "./contract.ts";

type Kms = NonNullable<VaultConfig["kms"]>;

const OK = 200;
const NOT_ITS_OWN = 400;

export function createTransitMaster({ url, key, token, timeout }: Kms, { secrets, world }: MasterDeps): Master {
  const mount = url.replace(/\/$/, "");

  async function ask(what: "encrypt" | "decrypt", body: object): Promise<Record<string, unknown> | undefined> {
    let response: HttpAnswer;
    try {
      response = await world.fetch(`${mount}/${what}/${encodeURIComponent(key)}`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-vault-token": resolveSecret(token, secrets) },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(timeout),
      });
    } catch (cause) {
      throw vaultErrors.kms_unavailable({ why: cause instanceof Error ? cause.message : String(cause) }, cause);
    }
    if (response.status === NOT_ITS_OWN && what === "decrypt") return undefined;
    if (response.status !== OK) throw vaultErrors.kms_unavailable({ why: `it answers ${response.status}` });
    const { data } = JSON.parse(await response.text()) as { data?: Record<string, unknown> };
    return data ?? {};
  }

  return {
    name: `kms:${mount}/${key}`,
    async wrap(secret) {
      const data = await ask("encrypt", { plaintext: Buffer.from(secret).toString("base64") });
      const wrapped = data?.["ciphertext"];
      if (typeof wrapped !== "string") throw vaultErrors.kms_unavailable({ why: "its answer has no ciphertext" });
      return `kms:${wrapped}`;
    },
    async unwrap(wrapped) {
      if (!wrapped.startsWith("kms:")) return undefined;
      const data = await ask("decrypt", { ciphertext: wrapped.slice("kms:".length) });
      const plain = data?.["plaintext"];
      return typeof plain === "string" ? Buffer.from(plain, "base64") : undefined;
    },
  };
}
