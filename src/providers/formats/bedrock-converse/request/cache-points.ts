// Cache points, both directions: where others mark the last thing that is to be kept, Bedrock has a block of its own behind it.
import type { CacheMark, Extra, Part } from "../../../contract.ts";
import { isObject } from "../../fields.ts";

/** Undefined for another kind of block, and for a point with more to it than a time to live. */
export function readCachePoint(block: unknown): CacheMark | undefined {
  if (!isObject(block) || Object.keys(block).length !== 1 || !isObject(block["cachePoint"])) return undefined;
  const { type, ttl = null, ...more } = block["cachePoint"];
  if (type !== "default" || Object.keys(more).length > 0) return undefined;
  if (ttl === null || ttl === "5m") return { ttl: "5m" };
  return ttl === "1h" ? { ttl } : undefined;
}

/** Five minutes is what Bedrock keeps when nothing is said. */
export function writeCachePoint({ ttl }: CacheMark): Extra {
  return { cachePoint: { type: "default", ...(ttl === "1h" && { ttl }) } };
}

/** Marks the end of this part; false where it has no room for a mark, or has one. */
export function markPart(part: Part | undefined, mark: CacheMark): boolean {
  if (part?.type !== "text" && part?.type !== "image" && part?.type !== "file") return false;
  if (part.cache !== undefined) return false;
  part.cache = mark;
  return true;
}
