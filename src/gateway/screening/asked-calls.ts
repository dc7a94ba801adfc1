// Calls whose answers may have to wait for a person: an answer that was held is given once it is approved, once; and a call that is no
// stream may wait a while for its approval, without a place that others could have.
import type { Approvals } from "../../approvals/index.ts";
import type { Governance } from "../../governance/index.ts";
import type { Guardrails } from "../../guardrails/index.ts";
import { isAppError } from "../../kernel/index.ts";
import { givenAgain } from "../autonomy/bounded-agents.ts";
import type { Answer } from "../complete.ts";
import { askedModel, type IncomingCall } from "../incoming-call.ts";
import { heldAs, personOf } from "./asking.ts";

type Serve = (incoming: IncomingCall) => Promise<Answer>;

interface AskedDeps {
  approvals: Pick<Approvals, "held" | "wait" | "waitMs">;
  guardrails?: Pick<Guardrails, "asksOfAnswers"> | undefined;
  governance: Pick<Governance, "admit">;
}

export function createAskedCalls(serve: Serve, { approvals, guardrails, governance }: AskedDeps): Serve {
  const { held, wait, waitMs } = approvals;

  async function serveAsked(incoming: IncomingCall): Promise<Answer> {
    const { principal, request, header } = incoming;
    // Whose key may not call any more is not given what was held, either.
    governance.admit(principal, askedModel(request), header).release();
    const asked = heldAs(request);
    const approved = await held.take(personOf(incoming), asked);
    return approved ? givenAgain(approved) : serve({ ...incoming, heldAs: asked });
  }

  const asksOfAnswers = (): boolean => guardrails?.asksOfAnswers() ?? false;

  const serveOnce: Serve = async (incoming) => {
    if (asksOfAnswers()) return serveAsked(incoming);
    try {
      return await serve(incoming);
    } catch (error) {
      // That a policy's demand may have an answer held is known from its first call on.
      const isNews = isAppError(error) && error.code === "guardrails.needs_approval" && asksOfAnswers();
      if (!isNews || incoming.onOpened) throw error;
      return serveAsked(incoming);
    }
  };
  if (waitMs === 0) return serveOnce;
  return async (incoming) => {
    try {
      return await serveOnce(incoming);
    } catch (error) {
      const { request, onOpened, signal } = incoming;
      const id = isAppError(error) && error.code === "approvals.needed" ? error.params["id"] : undefined;
      // A stream's caller waits for its first byte, and whoever is told of a record, for that one.
      if (typeof id !== "string" || request.stream || onOpened) throw error;
      const state = await wait(id, waitMs);
      if (state === undefined || signal.aborted) throw error;
      return serveOnce(incoming);
    }
  };
}
