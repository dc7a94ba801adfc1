// Calls of agents that may not do everything by themselves. An answer that calls a tool which needs an approval is held until it
// has one; other calls are served as if this were not here. An answer that may have to be held is read to its end first: what
// was given out cannot be held.
import type { HeldActions, HeldAnswer } from "../../approvals/index.ts";
import type { Governance } from "../../governance/index.ts";
import { type CallerRequest, readAnswer, readRequest } from "../../providers/index.ts";
import type { Answer } from "../complete.ts";
import { askedModel, type IncomingCall } from "../incoming-call.ts";
import { personOf } from "../screening/index.ts";

type Serve = (incoming: IncomingCall) => Promise<Answer>;

interface BoundedDeps {
  held: HeldActions;
  governance: Pick<Governance, "admit">;
}

export function createBoundedAgents(serve: Serve, { held, governance }: BoundedDeps): Serve {
  if (held.isUnbounded) return serve;
  return async (incoming) => {
    const { principal, request } = incoming;
    const tools = toolsOf(request);
    const names = [principal.keyName, principal.keyId];
    const isFree = tools ? tools.every((tool) => held.levelOf(names, tool) === "act") : held.mayDoAll(names);
    if (isFree) return serve(incoming);
    const person = personOf(incoming);
    // Whose key may not call any more is not given what was held, either.
    governance.admit(principal, askedModel(request)).release();
    const asked = `${request.dialect} ${askedModel(request)} ${request.stream} ${request.text}`;
    const approved = await held.take(person, asked);
    if (approved) return givenAgain(approved);
    const answer = await serve(incoming);
    // A failure of the vendor's own does nothing.
    if (answer.status >= 400) return answer;
    const body = await wholeOf(answer.body);
    const { callId, target, status, mediaType } = answer;
    const answered = { callId, target, status, mediaType, isStream: request.stream, body };
    await held.judge(person, { request: asked, actions: actionsIn(request, answered), answered });
    return { ...answer, body: givenAs(body, request.stream) };
  };
}

/** Undefined where they cannot be read. Requests in a vendor's own words are refused where they are admitted. */
function toolsOf(request: CallerRequest): string[] | undefined {
  if (request.native || request.operation !== "chat") return [];
  try {
    return readRequest(request).tools?.map(({ name }) => name) ?? [];
  } catch {
    return undefined;
  }
}

async function wholeOf(body: Answer["body"]): Promise<Uint8Array> {
  if (typeof body === "string") return Buffer.from(body);
  return body instanceof Uint8Array ? body : new Uint8Array(await new Response(body).arrayBuffer());
}

/** Of all choices. */
function actionsIn({ dialect }: CallerRequest, { body, mediaType }: Pick<HeldAnswer, "body" | "mediaType">) {
  return [...readAnswer(dialect, body, mediaType).choices.values()].flatMap(({ tool_calls: calls }) =>
    calls.map(({ name, arguments: said }) => ({ name, arguments: said })),
  );
}

const givenAs = (body: Uint8Array, isStream: boolean): string | Uint8Array =>
  isStream ? body : Buffer.from(body).toString("utf8");

/** What was held, as an answer. */
export function givenAgain({ callId, target, status, mediaType, isStream, body }: HeldAnswer): Answer {
  const headers = { get: () => null, has: () => false };
  return { callId, target, status, mediaType, headers, dropped: [], cache: "off", body: givenAs(body, isStream) };
}
