// Token counts, both directions. Bedrock counts what was read from its cache, and what was written there, apart from the input.
import type { Extra, Usage } from "../../contract.ts";
import { definedOnly, isObject, readCount, textOf } from "../fields.ts";

/** Undefined for what counts nothing. `tier` is the answer's `serviceTier`. */
export function readUsage(raw: unknown, tier?: unknown): Usage | undefined {
  if (!isObject(raw)) return undefined;
  const plain = readCount(raw["inputTokens"]);
  const output = readCount(raw["outputTokens"]);
  if (plain === undefined && output === undefined) return undefined;
  const read = readCount(raw["cacheReadInputTokens"] ?? raw["cacheReadInputTokenCount"]) ?? 0;
  const written = readCount(raw["cacheWriteInputTokens"] ?? raw["cacheWriteInputTokenCount"]) ?? 0;
  const lasting = readLasting(raw["cacheDetails"]);
  const tierName = isObject(tier) ? textOf(tier["type"]) : "";
  return definedOnly<Usage>({
    input: (plain ?? 0) + read + written,
    output: output ?? 0,
    cache_read: read,
    cache_write: written,
    cache_write_1h: lasting > 0 ? Math.min(lasting, written) : undefined,
    reasoning: 0,
    server_tools: readServerTools(raw["serverToolUsage"]),
    service_tier: tierName === "" ? undefined : tierName,
    raw,
  });
}

/** Of the cache writes, those kept for an hour. */
function readLasting(details: unknown): number {
  if (!Array.isArray(details)) return 0;
  return details
    .filter((each): each is Extra => isObject(each) && each["ttl"] === "1h")
    .reduce((sum, each) => sum + (readCount(each["inputTokens"]) ?? 0), 0);
}

function readServerTools(counts: unknown): Record<string, number> | undefined {
  if (!isObject(counts)) return undefined;
  const uses = Object.entries(counts).flatMap(([name, count]): [string, number][] => {
    const uses = readCount(count) ?? 0;
    return uses > 0 ? [[name, uses]] : [];
  });
  return uses.length > 0 ? Object.fromEntries(uses) : undefined;
}

/** The names under which no other vendor says anything: they are given on as they came. */
const OURS = ["cacheReadInputTokenCount", "cacheWriteInputTokenCount", "serverToolUsage"];

/** Usage in Bedrock's words, for callers. */
export function writeUsage({ input, output, cache_read: read, cache_write: written, ...more }: Usage): Extra {
  const { cache_write_1h: lasting = 0, raw } = more;
  const isOurs = raw !== undefined && "inputTokens" in raw;
  const hasCache = read > 0 || written > 0 || (isOurs && "cacheReadInputTokens" in raw);
  const details = [
    { inputTokens: written - lasting, ttl: "5m" },
    { inputTokens: lasting, ttl: "1h" },
  ].filter(({ inputTokens }) => inputTokens > 0);
  return definedOnly<Extra>({
    inputTokens: Math.max(0, input - read - written),
    outputTokens: output,
    totalTokens: input + output,
    cacheReadInputTokens: hasCache ? read : undefined,
    cacheWriteInputTokens: hasCache ? written : undefined,
    cacheDetails: lasting > 0 || (isOurs && "cacheDetails" in raw) ? details : undefined,
    ...(isOurs && Object.fromEntries(OURS.flatMap((name) => (name in raw ? [[name, raw[name]]] : [])))),
  });
}

/** What an answer's usage says where nothing was counted. */
export const NO_USAGE: Usage = { input: 0, output: 0, cache_read: 0, cache_write: 0, reasoning: 0 };

const TIERS = new Set(["priority", "default", "flex", "reserved"]);

/** The tier that an answer was served in; undefined where Bedrock has none of that name. */
export function writeTier({ service_tier: tier = "" }: Usage): Extra | undefined {
  return TIERS.has(tier) ? { type: tier } : undefined;
}
