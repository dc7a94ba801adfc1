// What Converse leaves to each maker's models: thinking, `top_k`, cache points and schemas. Models are matched anywhere in their
// name; behind the ARN of an inference profile may be any.

export type Family = "claude" | "nova" | "gpt-oss" | "qwen" | "unknown";

export interface BedrockQuirks {
  families: readonly (readonly [Family, RegExp])[];
  /** Claude: takes an effort, and no budget, for its thinking. */
  adaptive_models: RegExp;
  /** Claude: takes no temperature, `top_p` or `top_k`. */
  self_willed_models: RegExp;
  /** Nova: thinks at all. */
  thinking_nova: RegExp;
  /** Hold no answer to a schema. */
  schemaless_models: RegExp;
  /** Keep what came before a cache point. */
  caching_models: RegExp;
}

export function familyOf(model: string, { families }: Pick<BedrockQuirks, "families">): Family {
  return families.find(([, names]) => names.test(model))?.[0] ?? "unknown";
}
