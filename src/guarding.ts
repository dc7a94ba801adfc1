// The guardrails, wired to what they ask: the network for checks by other programs, and the gateway itself for a model that judges.
import { readFileSync } from "node:fs";
import type { Gateway } from "./gateway/index.ts";
import { plainKey, type Principal } from "./governance/index.ts";
import { createGuardrails, type Guardrails, type GuardrailsConfig } from "./guardrails/index.ts";
import { resolveSecret, type World } from "./kernel/index.ts";
import { readAnswerTexts } from "./providers/index.ts";

export interface GuardingDeps {
  world: World;
  env: Record<string, string | undefined>;
  /** It is made after them. */
  gateway(): Pick<Gateway, "complete">;
}

/** No key asked, and no budget is charged. */
const OURSELVES: Principal = {
  ...plainKey(["call"]),
  keyId: "binnacle",
  keyName: "binnacle",
  scopes: ["call"],
  user: null,
  team: null,
  project: null,
};

export function createGuarding(config: GuardrailsConfig, { world, env, gateway }: GuardingDeps): Guardrails {
  return createGuardrails(config, {
    world,
    secret: (ref) => resolveSecret(ref, { env, readFile: (path) => readFileSync(path, "utf8") }),
    async askModel(model, question, signal) {
      const body = {
        model,
        messages: [{ role: "user", content: question }],
        max_tokens: ANSWER_TOKENS_MAX,
        temperature: 0,
      };
      const request = {
        operation: "chat",
        dialect: "openai-chat",
        text: JSON.stringify(body),
        model,
        stream: false,
        includeUsage: false,
      } as const;
      const answer = await gateway().complete({
        principal: OURSELVES,
        request,
        isStrict: false,
        signal,
        startedMs: world.monotonicMs(),
        trace: { traceId: undefined, parentSpanId: undefined, session: null, user: null, tags: ["guardrail"] },
      });
      if (answer.body instanceof ReadableStream) throw new Error("the model's answer came as a stream");
      const texts = readAnswerTexts(request, { mediaType: answer.mediaType, content: answer.body });
      return texts[0]?.text ?? "";
    },
  });
}

const ANSWER_TOKENS_MAX = 16;
