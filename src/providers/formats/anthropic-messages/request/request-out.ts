// A canonical request in the words of the Messages API, for a vendor; and what of it did not carry.
import type { ChatRequest, Extra, ResponseFormat } from "../../../contract.ts";
import type { Dropped, Written } from "../../dialect.ts";
import { definedOnly } from "../../fields.ts";
import type { Writing } from "./block-out.ts";
import { type Carried, carryOver } from "./carry-over.ts";
import { writeMessages } from "./message-out.ts";
import { writeOwnThinking } from "./thinking.ts";
import { writeTools } from "./tool-out.ts";

/** How a vendor of this dialect departs from Anthropic. Models are matched anywhere in the vendor's name of them. */
export interface AnthropicQuirks {
  /** What an answer may be long where the caller set no limit: Anthropic must be told one. In tokens, thinking apart. */
  max_tokens_default: number;
  /** Models that take an effort, and no budget, for their thinking. */
  adaptive_models: RegExp;
  /** Those that take no temperature, `top_p` or `top_k`, and know the effort `xhigh`. */
  self_willed_models: RegExp;
}

/** Anthropic itself. Claude thinks adaptively since 4.6, and chooses its own temperature since 4.7. */
export const anthropicQuirks: AnthropicQuirks = {
  max_tokens_default: 4096,
  adaptive_models: /claude-(?:[a-z]+-4-(?:[6-9]|\d\d)|[a-z]+-(?:[5-9]|\d\d)|mythos)(?!\d)/,
  self_willed_models: /claude-(?:[a-z]+-4-(?:[7-9]|\d\d)|[a-z]+-(?:[5-9]|\d\d)|mythos)(?!\d)/,
};

export interface WriteRequestOptions {
  /** As the vendor names it. */
  model: string;
  quirks?: Partial<AnthropicQuirks>;
}

/** The body for a vendor. A request that came in this dialect says just what it said. */
export function writeMessagesRequest(asked: ChatRequest, { model, quirks }: WriteRequestOptions): Written {
  const known = { ...anthropicQuirks, ...quirks };
  const dropped: Dropped[] = [];
  const writing: Writing = {
    isOwn: asked.dialect === "anthropic-messages",
    drop: (what, why) => void dropped.push({ what, why }),
  };
  const { request, thinking }: Carried = writing.isOwn
    ? { request: asked, thinking: writeOwnThinking(asked) }
    : carryOver(asked, {
        isAdaptive: known.adaptive_models.test(model),
        isSelfWilled: known.self_willed_models.test(model),
        drop: writing.drop,
      });
  const { metadata, output_config: config, ...extra } = request.extra ?? {};
  const body = definedOnly<Extra>({
    model,
    max_tokens: request.max_output_tokens ?? known.max_tokens_default + thinking.room,
    ...writeMessages(request, writing),
    stream: request.stream,
    temperature: request.temperature,
    top_p: request.top_p,
    top_k: request.top_k,
    stop_sequences: request.stop,
    ...writeTools(request, writing),
    thinking: thinking.thinking,
    output_config: merged(config, { effort: thinking.effort, format: writeFormat(request.response_format) }),
    service_tier: request.service_tier === "default" ? "standard_only" : request.service_tier,
    metadata: merged(metadata, { user_id: request.user }),
    ...extra,
  });
  return { body, dropped };
}

/** Anthropic holds every answer to its schema, and gives schemas no name. */
function writeFormat(format: ResponseFormat | undefined): Extra | undefined {
  return format?.type === "json_schema" ? { type: "json_schema", schema: format.schema } : undefined;
}

function merged(extra: unknown, said: Extra): Extra | undefined {
  const whole = { ...(extra as Extra | undefined), ...definedOnly<Extra>(said) };
  return Object.keys(whole).length > 0 ? whole : undefined;
}
