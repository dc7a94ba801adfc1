// Whose key an exporter shows. Exporters are told what to send in many ways, so a key is taken from all of the usual places:
// `authorization: Bearer`, `x-api-key`, and Basic, as Langfuse's SDKs send it, with the key as either half.
import { ofOrganisation, type Principal } from "../../../governance/index.ts";
import type { Sender } from "../../../telemetry/index.ts";
import { type Callers, identifyCredential, keyFrom } from "../credential.ts";

const KEY_PREFIX = "bk_";

/** Throws `governance.key_*` and `governance.not_allowed`. */
export async function identifySender(
  callers: Pick<Callers, "governance" | "machines">,
  headers: Headers,
  addressOf: () => string | undefined,
): Promise<Sender> {
  const principal = await identifyCredential(callers, basicKeyFrom(headers) ?? keyFrom(headers), addressOf);
  const { organisation } = principal;
  callers.governance.rights.require(principal, { action: "send_telemetry", on: "organisation", organisation });
  return senderOf(principal);
}

function senderOf(principal: Principal): Sender {
  const { keyId, keyName, user, team, project } = principal;
  return { key_id: keyId, key_name: keyName, user, team, project, ...ofOrganisation(principal) };
}

/** Undefined where the header is of another kind; an empty text where neither half is a key of ours. */
function basicKeyFrom(headers: Headers): string | undefined {
  const [, encoded] = /^basic (.*)$/i.exec(headers.get("authorization") ?? "") ?? [];
  if (encoded === undefined) return undefined;
  const halves = Buffer.from(encoded.trim(), "base64").toString("utf8").split(":");
  return halves.findLast((half) => half.startsWith(KEY_PREFIX)) ?? "";
}
