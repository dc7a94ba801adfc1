// Kill switches as the gateway meets them: whether a call, or a target of it, is switched off. While none is thrown that is
// one comparison.
import type { AppError } from "../../kernel/index.ts";
import type { SwitchedCall, Switches, Thrown } from "../../governance/index.ts";
import { readRequest, type Target } from "../../providers/index.ts";
import { askedModel, type IncomingCall } from "../incoming-call.ts";

/** A call, a connection, or as much of one as is known where it is planned. */
export type StoppableCall = Partial<Pick<IncomingCall, "principal" | "request" | "trace" | "header">> & {
  /** Of what has no request. */
  model?: string | undefined;
  tools?: (() => readonly string[]) | undefined;
};

export interface Stopping {
  /** Undefined while nothing is switched off. Another one after each change. */
  readonly thrown: Thrown | undefined;
  /** `governance.switched_off`, for what is switched off now. */
  ofCall(call: StoppableCall): AppError | undefined;
  ofTarget(target: Target): AppError | undefined;
}

/** Says which agent calls, where the key does not. */
const AGENT_HEADER = "x-binnacle-agent";

export function createStopping(switches: Pick<Switches, "thrown">, isRoute: (name: string) => boolean): Stopping {
  return {
    get thrown() {
      return switches.thrown;
    },
    ofCall: (call) => switches.thrown?.ofCall(switchedCallOf(call, isRoute)),
    ofTarget: ({ id, vendor, model }) => switches.thrown?.ofTarget({ id, vendor: vendor.name, model }),
  };
}

function switchedCallOf(call: StoppableCall, isRoute: (name: string) => boolean): SwitchedCall {
  const { principal, request, trace, header } = call;
  const model = request ? askedModel(request) : call.model;
  return {
    principal,
    user: trace?.user,
    model,
    route: model !== undefined && isRoute(model) ? model : undefined,
    agent: header?.(AGENT_HEADER),
    tools: () => toolsOf(call),
  };
}

/** Those that an answer may call. */
function toolsOf({ request, tools }: StoppableCall): readonly string[] {
  if (tools) return tools();
  if (!request || request.native || request.operation !== "chat") return [];
  try {
    return readRequest(request).tools?.map(({ name }) => name) ?? [];
  } catch {
    // Its vendor judges what cannot be read, and refuses it.
    return [];
  }
}
