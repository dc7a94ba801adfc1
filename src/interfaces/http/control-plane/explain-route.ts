// A request that is not made, as the gateway would see it: for the question what a route would do with it.
import type { Explain, Explanation } from "../../../gateway/contract.ts";
import type { Gateway } from "../../../gateway/index.ts";
import type { Governance, Principal } from "../../../governance/index.ts";
import { checkRequest } from "../../../providers/index.ts";
import { interfacesErrors } from "../../errors.ts";
import { readTrace } from "../model-api/read-trace.ts";

/** Dialects that say the model in the address. */
const IN_ADDRESS: ReadonlySet<string> = new Set(["gemini", "bedrock-converse"]);

export async function explainRoute(
  { request, model, dialect, headers: given, key_id: keyId, times }: Explain,
  asker: Principal,
  { gateway, governance }: { gateway: Gateway; governance: Governance },
): Promise<Explanation> {
  const headers = readHeaders(given);
  const body = model === undefined ? request : { ...request, model };
  const named = typeof body["model"] === "string" ? body["model"] : "";
  const said = { text: JSON.stringify(body), body, headers };
  const call = {
    principal: keyId === undefined ? asker : await governance.identify.byKeyId(keyId),
    request: checkRequest(dialect, {
      ...said,
      ...(IN_ADDRESS.has(dialect) && named !== "" && { address: { model: named, stream: false } }),
    }),
    trace: readTrace(headers),
    header: (name: string) => headers.get(name),
  };
  const explanation = await gateway.explain(call);
  return { ...explanation, distribution: times === undefined ? null : await gateway.spread(call, times) };
}

function readHeaders(given: Record<string, string>): Headers {
  try {
    return new Headers(given);
  } catch (cause) {
    throw interfacesErrors.bad_header({ why: cause instanceof Error ? cause.message : "" }, cause);
  }
}
