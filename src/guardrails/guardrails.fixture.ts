// A call's guardrails for tests, and requests and answers in each dialect.
import type { World } from "../kernel/index.ts";
import { guardrailsConfigSchema } from "./config.ts";
import { createGuardrails, type GuardrailsDeps } from "./guardrails.ts";
import { plainDetectors } from "./screening/leaks.fixture.ts";
import type { CallGuard } from "./screening/call-guard.ts";
import type { RequestText } from "./screening/screen-request.ts";

export const caller = { model: "m", dataClass: null, keyId: "k", keyName: "key", team: null, project: null };

const nobody: Pick<World, "fetch" | "random" | "nowMs"> = {
  random: () => 0.5,
  nowMs: () => 0,
  fetch: () => Promise.reject(new Error("nobody is there")),
};

export function guardrailsWith(policies: object, deps: Partial<GuardrailsDeps> = {}) {
  const config = guardrailsConfigSchema.parse({ policies });
  return createGuardrails(config, { world: nobody, detectors: plainDetectors, secret: (ref) => ref, ...deps });
}

export function guardWith(policy: object, deps: Partial<GuardrailsDeps> = {}): CallGuard {
  const guard = guardrailsWith({ p: policy }, deps).forCall(caller);
  if (!guard) throw new Error("no policy applies");
  return guard;
}

export function requestText(body: object, more: Partial<RequestText> = {}): RequestText {
  return {
    text: JSON.stringify(body),
    isReadable: true,
    addSystem: (json, text) => JSON.stringify({ ...(JSON.parse(json) as object), system: text }),
    ...more,
  };
}

/** One text from each side, as each dialect has it. */
export const conversations: Record<string, (texts: { user: string; result: string }) => object> = {
  "openai-chat": ({ user, result }) => ({
    model: "m",
    messages: [
      { role: "user", content: [{ type: "text", text: user }] },
      { role: "tool", tool_call_id: "c", content: result },
    ],
  }),
  "openai-responses": ({ user, result }) => ({
    model: "m",
    input: [
      { role: "user", content: [{ type: "input_text", text: user }] },
      { type: "function_call_output", call_id: "c", output: result },
    ],
  }),
  "anthropic-messages": ({ user, result }) => ({
    model: "m",
    messages: [
      { role: "user", content: user },
      { role: "user", content: [{ type: "tool_result", tool_use_id: "c", content: [{ type: "text", text: result }] }] },
    ],
  }),
  gemini: ({ user, result }) => ({
    contents: [
      { role: "user", parts: [{ text: user }] },
      { role: "user", parts: [{ functionResponse: { name: "f", response: { said: result } } }] },
    ],
  }),
  "bedrock-converse": ({ user, result }) => ({
    messages: [
      { role: "user", content: [{ text: user }] },
      { role: "user", content: [{ toolResult: { toolUseId: "c", content: [{ text: result }] } }] },
    ],
  }),
};
