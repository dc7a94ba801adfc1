// Token counts, both directions. Anthropic counts what it read from its cache, and what it wrote there, apart from the input.
import type { Extra, Usage } from "../../contract.ts";
import { definedOnly, isObject, textOf } from "../fields.ts";

/** Undefined for what counts nothing. `raw` may be put together from the start and the end of a stream. */
export function readUsage(raw: unknown): Usage | undefined {
  if (!isObject(raw)) return undefined;
  const plain = count(raw, "input_tokens");
  const output = count(raw, "output_tokens");
  if (plain === undefined && output === undefined) return undefined;
  const lasting = count(raw["cache_creation"], "ephemeral_1h_input_tokens") ?? 0;
  const brief = count(raw["cache_creation"], "ephemeral_5m_input_tokens") ?? 0;
  const written = count(raw, "cache_creation_input_tokens") ?? lasting + brief;
  const read = count(raw, "cache_read_input_tokens") ?? 0;
  const tier = textOf(raw["service_tier"]);
  return definedOnly<Usage>({
    input: (plain ?? 0) + written + read,
    output: output ?? 0,
    cache_read: read,
    cache_write: written,
    cache_write_1h: lasting > 0 ? Math.min(lasting, written) : undefined,
    reasoning: Math.min(count(raw["output_tokens_details"], "thinking_tokens") ?? 0, output ?? 0),
    server_tools: readServerTools(raw["server_tool_use"]),
    service_tier: tier === "" ? undefined : tier,
    raw,
  });
}

const REQUESTS = "_requests";

function readServerTools(counts: unknown): Record<string, number> | undefined {
  if (!isObject(counts)) return undefined;
  const uses = Object.keys(counts).flatMap((key): [string, number][] => {
    const uses = count(counts, key) ?? 0;
    return uses > 0 && key.endsWith(REQUESTS) ? [[key.slice(0, -REQUESTS.length), uses]] : [];
  });
  return uses.length > 0 ? Object.fromEntries(uses) : undefined;
}

/** The names under which no other vendor says anything: they are given on as they came. */
const OURS = ["inference_geo", "iterations", "speed", "server_tool_use"] as const;

/** Usage in Anthropic's words, for callers. */
export function writeUsage({ input, output, cache_read: read, cache_write: written, ...more }: Usage): Extra {
  const { cache_write_1h: lasting = 0, reasoning, server_tools: tools, service_tier: tier, raw } = more;
  const uses = Object.entries(tools ?? {}).map(([name, uses]) => [name + REQUESTS, uses]);
  return definedOnly<Extra>({
    input_tokens: Math.max(0, input - read - written),
    cache_creation_input_tokens: written,
    cache_read_input_tokens: read,
    cache_creation: { ephemeral_5m_input_tokens: Math.max(0, written - lasting), ephemeral_1h_input_tokens: lasting },
    output_tokens: output,
    output_tokens_details: reasoning > 0 ? { thinking_tokens: reasoning } : undefined,
    service_tier: TIERS.has(tier ?? "") ? tier : undefined,
    server_tool_use: uses.length > 0 ? Object.fromEntries(uses) : undefined,
    ...Object.fromEntries(OURS.flatMap((name) => (raw?.[name] === undefined ? [] : [[name, raw[name]]]))),
  });
}

/** What a message's usage says before anything was counted. */
export const NO_USAGE: Usage = { input: 0, output: 0, cache_read: 0, cache_write: 0, reasoning: 0 };

const TIERS = new Set(["standard", "priority", "batch"]);

function count(source: unknown, key: string): number | undefined {
  if (!isObject(source)) return undefined;
  const value = source[key];
  return typeof value === "number" && Number.isFinite(value) ? Math.max(0, Math.round(value)) : undefined;
}
