// What a call needs before it is planned: its caller may send it, and may offer the tools that it offers. Which targets may
// serve it is asked where it is planned.
import type { AppError } from "../kernel/index.ts";
import type { Admission, Governance, Principal } from "../governance/index.ts";
import { type CallRecord, MODEL_NAME_CHARS_MAX } from "../ledger/index.ts";
import { type CallerRequest, readRequest } from "../providers/index.ts";
import { refuseUnread, type WithHeld } from "./autonomy/refuse-unread.ts";
import { gatewayErrors } from "./errors.ts";
import { askedModel, type IncomingCall } from "./incoming-call.ts";

type AskedCall = Pick<IncomingCall, "principal" | "request" | "header">;

interface AdmitDeps extends WithHeld {
  governance: Pick<Governance, "admit" | "tools">;
}

/** Throws as `governance.admit` does, `gateway.model_name_long`, `gateway.tool_forbidden` and `approvals.unread`. */
export function admitCall({ governance, approvals }: AdmitDeps, { principal, request, header }: AskedCall): Admission {
  const model = askedModel(request);
  requireModelName(model);
  const admission = governance.admit(principal, model, header);
  const decide = governance.tools(principal, header);
  if (!decide && !request.native) return admission;
  try {
    if (request.native) refuseUnread({ approvals }, principal, "a request in a vendor's own words");
    if (!decide) return admission;
    return obliged(
      admission,
      toolsIn(request).flatMap((tool) => {
        const { refusal, obligations } = decide(tool);
        if (refusal) throw gatewayErrors.tool_forbidden({ key: keyOf(principal), tool, ...refusal });
        return obligations;
      }),
    );
  } catch (error) {
    admission.release();
    throw error;
  }
}

/** A name is looked up, compared and counted under: it must be of a name's length. Throws `gateway.model_name_long`. */
export function requireModelName(model: string): void {
  if (model.length > MODEL_NAME_CHARS_MAX)
    throw gatewayErrors.model_name_long({ chars: model.length, max: MODEL_NAME_CHARS_MAX });
}

function obliged(admission: Admission, more: readonly string[]): Admission {
  return more.length === 0
    ? admission
    : { ...admission, obligations: [...new Set([...admission.obligations, ...more])] };
}

const keyOf = ({ keyId }: Principal): string => keyId;

/** Or has letters written as escapes, which may be such a name. */
const SPEAKS_OF_TOOLS = /"(?:tools?|functions|toolConfig|tool_config|functionDeclarations)"\s*:|\\u00[4-7]/;
/** A tool whose name we cannot read: a policy about names does not know it, one about all tools does. */
const UNREADABLE = "?";

function toolsIn(request: CallerRequest): string[] {
  if (!SPEAKS_OF_TOOLS.test(request.text)) return [];
  if (request.operation !== "chat" || request.native) return [UNREADABLE];
  try {
    return readRequest(request).tools?.map(({ name }) => name) ?? [];
  } catch {
    // What does not hold is for the dialect to refuse.
    return [UNREADABLE];
  }
}

/** Of a refusal by policy, for the record; undefined for all other errors. */
export function refusedBy({ params }: AppError): CallRecord["authority"] | undefined {
  const { policy, why } = params;
  return typeof policy === "string" && typeof why === "string" ? { policy, rule: why } : undefined;
}
