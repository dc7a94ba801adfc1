// Whose key an exporter shows. Exporters are told what to send in many ways, so a key is taken from all of the usual places:
// `authorization: Bearer`, `x-api-key`, and Basic, as Langfuse's SDKs send it, with the key as either half.
import type { Principal } from "../../../governance/index.ts";
import type { Sender } from "../../../telemetry/index.ts";
import { type Callers, identifyCredential, keyFrom } from "../credential.ts";

const KEY_PREFIX = "bk_";

/** Throws `governance.key_*` and `governance.scope_missing`. Whoever may call models may tell of it. */
export async function identifySender(
  callers: Pick<Callers, "governance" | "machines">,
  headers: Headers,
  addressOf: () => string | undefined,
): Promise<Sender> {
  const principal = await identifyCredential(callers, basicKeyFrom(headers) ?? keyFrom(headers), addressOf);
  callers.governance.require(principal, "call");
  return senderOf(principal);
}

function senderOf({ keyId, keyName, user, team, project }: Principal): Sender {
  return { key_id: keyId, key_name: keyName, user, team, project };
}

/** Undefined where the header is of another kind; an empty text where neither half is a key of ours. */
function basicKeyFrom(headers: Headers): string | undefined {
  const [, encoded] = /^basic (.*)$/i.exec(headers.get("authorization") ?? "") ?? [];
  if (encoded === undefined) return undefined;
  const halves = Buffer.from(encoded.trim(), "base64").toString("utf8").split(":");
  return halves.findLast((half) => half.startsWith(KEY_PREFIX)) ?? "";
}
