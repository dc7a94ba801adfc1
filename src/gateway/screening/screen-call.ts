// The guardrails of a call, asked before anybody else is: its request as it may go on, or why it may not. On record either way.
import type { Admission } from "../../governance/index.ts";
import type { CallGuard, Guardrails } from "../../guardrails/index.ts";
import { addMessages, type CallerRequest } from "../../providers/index.ts";
import { type AskedApprovals, askFor, demandOf, demandsOf, withoutDemands } from "./asking.ts";
import { residencyOf } from "../routing/facts/residency.ts";
import type { IncomingCall } from "../incoming-call.ts";
import type { IncomingConnection } from "../realtime/incoming-connection.ts";
import type { Settlement } from "../settlement/settle.ts";
import type { ShapedCall } from "../shaping/shaped-call.ts";

export interface ScreenCallDeps {
  guardrails?: Pick<Guardrails, "forCall"> | undefined;
  approvals: Pick<AskedApprovals, "agree">;
}

type ScreenedFor = Pick<Settlement, "guarded" | "requested" | "obligations" | "callId">;

/**
 * The call as it is where no guardrail applies, and nobody is to be asked. Throws `guardrails.*`, and `approvals.*` where a person must
 * agree.
 */
export function screenCall(
  { guardrails, approvals }: ScreenCallDeps,
  call: ShapedCall,
  settlement: ScreenedFor,
): ShapedCall | Promise<ShapedCall> {
  const obligations = settlement.obligations();
  const guard = guardrails?.forCall(callerOf(call, obligations));
  if (!guard && obligations.length === 0) return call;
  const screened = guard ? screenBy(guard, call, settlement) : call;
  return screened instanceof Promise ? screened.then(ask) : ask(screened);

  function ask(passed: ShapedCall): ShapedCall | Promise<ShapedCall> {
    const demands = [...demandsOf(obligations), ...(guard?.takeAsked().map(demandOf) ?? [])];
    if (demands.length === 0) return passed;
    return askFor(approvals, call, { demands, callId: settlement.callId }).then(() => {
      if (guard) settlement.requested(passed.request.text);
      return { ...passed, kept: obligations };
    });
  }
}

function screenBy(guard: CallGuard, call: ShapedCall, settlement: ScreenedFor): ShapedCall | Promise<ShapedCall> {
  settlement.guarded(guard.findings);
  const note = (): void => {
    if (guard.request !== undefined && guard.request !== call.request.text) settlement.requested(guard.request);
  };
  try {
    const screened = guard.screenRequest(textOf(call.request));
    if (!(screened instanceof Promise)) return withText(call, guard, screened);
    return screened.then((text) => withText(call, guard, text)).finally(note);
  } finally {
    note();
  }
}

/** What is said on a connection goes by unseen: a policy that would hold something back does not let it be opened. Throws `guardrails.unreadable`. */
export function refuseUnseen(
  guardrails: Pick<Guardrails, "forCall"> | undefined,
  { principal, model, header }: Pick<IncomingConnection, "principal" | "model" | "header">,
  { obligations }: Pick<Admission, "obligations">,
): void {
  const guard = guardrails?.forCall(callerOf({ principal, request: { model }, header }, obligations));
  void guard?.screenRequest({ text: "", isReadable: false, addSystem: (text) => text });
}

function callerOf({ principal, request, header }: Asking, obligations: readonly string[]) {
  const { keyId, keyName, team, project } = principal;
  const { dataClass } = residencyOf({ header });
  return {
    model: request.model,
    dataClass,
    keyId,
    keyName,
    team,
    project,
    obligations: withoutDemands(obligations),
  };
}

interface Asking extends Pick<IncomingCall, "principal"> {
  request: { model: string };
  header?: IncomingCall["header"] | undefined;
}

function textOf(request: CallerRequest) {
  const isChat = request.operation === "chat";
  return {
    text: request.text,
    isReadable: !request.native && !request.form,
    addSystem: (text: string, said: string): string =>
      isChat
        ? addMessages(
            { ...request, text },
            { messages: [{ role: "system", parts: [{ type: "text", text: said }] }], place: "before" },
          ).request.text
        : text,
  };
}

function withText(call: ShapedCall, guard: CallGuard, text: string): ShapedCall {
  return { ...call, guard, request: text === call.request.text ? call.request : { ...call.request, text } };
}
