// Token counts, both directions. Input holds what was cached, output the reasoning; tools at the vendor are counted apart.
import type { Extra, Usage } from "../../contract.ts";
import { definedOnly, isObject, readCount, textOf } from "../fields.ts";
import { readUsage as readCounts } from "../openai-chat/index.ts";

/** What a response says that it took; undefined where it says nothing. */
export function readUsage(response: Extra): Usage | undefined {
  const counts = readCounts(response);
  if (counts === undefined) return undefined;
  return definedOnly<Usage>({
    ...counts,
    server_tools: readServerTools(response["tool_usage"]),
    service_tier: textOf(response["service_tier"]) || undefined,
  });
}

const REQUESTS = "num_requests";

function readServerTools(usage: unknown): Record<string, number> | undefined {
  if (!isObject(usage)) return undefined;
  const uses = Object.entries(usage).flatMap(([name, said]): [string, number][] => {
    const count = isObject(said) ? (readCount(said[REQUESTS]) ?? 0) : 0;
    return count > 0 ? [[name, count]] : [];
  });
  return uses.length > 0 ? Object.fromEntries(uses) : undefined;
}

/** What some vendors of this dialect say of the price; no other dialect's usage has these names. */
const OURS = ["cost", "cost_details", "is_byok"] as const;

/** Usage in this dialect's words, for callers. */
export function writeUsage({ input, output, cache_read: read, cache_write: written, reasoning, raw }: Usage): Extra {
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: read, cache_write_tokens: written },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
    ...Object.fromEntries(OURS.flatMap((name) => (raw?.[name] === undefined ? [] : [[name, raw[name]]]))),
  };
}
