// A canonical request in the words of the Responses API, for a vendor; and what of it did not carry.
import type { ChatRequest, Extra, Reasoning } from "../../../contract.ts";
import type { Dropped, Written } from "../../dialect.ts";
import { definedOnly, isObject } from "../../fields.ts";
import { carryOver } from "./carry-over.ts";
import { writeInput } from "./input-out.ts";
import type { Writing } from "./part-out.ts";
import { writeFormat, writeTools } from "./tool-out.ts";

/** The body for a vendor. A request that came in this dialect says just what it said. */
export function writeResponsesRequest(asked: ChatRequest, { model }: { model: string }): Written {
  const dropped: Dropped[] = [];
  const isOwn = asked.dialect === "openai-responses";
  const writing: Writing = {
    isOwn,
    isOpenAi: isOwn || asked.dialect === "openai-chat",
    drop: (what, why) => void dropped.push({ what, why }),
  };
  const request = isOwn ? asked : carryOver(asked, writing);
  const { text, reasoning, ...extra } = request.extra ?? {};
  const top = request.logprobs?.top ?? 0;
  const body = definedOnly<Extra>({
    model,
    ...writeInput(request, writing),
    stream: request.stream,
    max_output_tokens: request.max_output_tokens,
    temperature: request.temperature,
    top_p: request.top_p,
    ...writeTools(request, writing),
    text: merged(text, { format: writeFormat(request.response_format) }),
    reasoning: merged(reasoning, writeReasoning(request.reasoning)),
    top_logprobs: top > 0 ? top : undefined,
    service_tier: request.service_tier,
    metadata: request.metadata,
    user: request.user,
    ...extra,
  });
  return { body, dropped };
}

function writeReasoning({ effort, summary }: Reasoning = {}): Extra {
  return { effort, summary };
}

function merged(extra: unknown, said: Extra): Extra | undefined {
  const whole = { ...(isObject(extra) && extra), ...definedOnly<Extra>(said) };
  return Object.keys(whole).length > 0 ? whole : undefined;
}
