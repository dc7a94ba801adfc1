// Marks for Anthropic's prompt cache, both directions. A mark with more to it than a time to live is kept as it came.
import type { CacheMark, Extra } from "../../../contract.ts";
import type { Fields } from "../../fields.ts";

export interface ReadMark {
  cache?: CacheMark;
  /** A mark that the canonical model has no word for. */
  extra?: Extra;
}

/** The `cache_control` of a block or a tool. */
export function readCacheMark(fields: Fields): ReadMark {
  const mark = fields.object("cache_control");
  if (mark === undefined) return {};
  const { type, ttl = null, ...more } = mark;
  const isPlain = type === "ephemeral" && Object.keys(more).length === 0;
  if (isPlain && (ttl === null || ttl === "5m")) return { cache: { ttl: "5m" } };
  if (isPlain && ttl === "1h") return { cache: { ttl } };
  return { extra: { cache_control: mark } };
}

/** Five minutes is what Anthropic keeps when nothing is said. */
export function writeCacheMark(cache: CacheMark | undefined): Extra | undefined {
  if (cache === undefined) return undefined;
  return { cache_control: { type: "ephemeral", ...(cache.ttl === "1h" && { ttl: cache.ttl }) } };
}
