// Bedrock's models, as far as their makers differ. Claude's generations are told by Anthropic's own dialect.
import { anthropicQuirks } from "../../anthropic-messages/index.ts";
import type { BedrockQuirks } from "./families.ts";

export const bedrockQuirks: BedrockQuirks = {
  families: [
    ["claude", /claude/],
    ["nova", /nova-/],
    ["gpt-oss", /gpt-oss/],
    ["qwen", /qwen3/],
  ],
  adaptive_models: anthropicQuirks.adaptive_models,
  self_willed_models: anthropicQuirks.self_willed_models,
  thinking_nova: /nova-2/,
  schemaless_models:
    /nova-|titan|llama|command|jamba|palmyra|r1-v1|mistral-(?:7b|large-2402|small-2402)|mixtral|pixtral|claude-(?:v2|instant|3|(?:sonnet|opus)-4(?:-1)?-20)/,
  caching_models: /nova-|claude-(?:3-5-(?:sonnet-20241022|haiku)|3-7|[a-z]+-\d|mythos)/,
};
