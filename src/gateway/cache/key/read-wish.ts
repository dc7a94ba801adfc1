// What a call asks of the cache, by the header `x-binnacle-cache`.
import { gatewayErrors } from "../../errors.ts";

export interface CacheWish {
  /** Nothing is looked up and nothing kept. */
  isBypassed: boolean;
  /** Nothing is looked up; the answer is kept. */
  isRefreshed: boolean;
  /** Refused where nothing was kept. */
  isOnlyIfCached: boolean;
  /** No answer to a question that is only alike. */
  isExactOnly: boolean;
  /** The oldest answer that will do. */
  ageMsMax: number;
}

const AGE = /^max-age=(\d{1,10})$/;

/** Throws `gateway.bad_cache_header`. */
export function readWish(header: string): CacheWish {
  const wish: CacheWish = { ...noWish };
  for (const part of header.toLowerCase().split(",")) {
    const word = part.trim();
    const age = AGE.exec(word)?.[1];
    if (age !== undefined) wish.ageMsMax = Number(age) * 1000;
    else if (word === "no-store") wish.isBypassed = true;
    else if (word === "refresh") wish.isRefreshed = true;
    else if (word === "exact") wish.isExactOnly = true;
    else if (word === "only-if-cached") wish.isOnlyIfCached = true;
    else throw gatewayErrors.bad_cache_header({ header: header.slice(0, 100) });
  }
  if (wish.isOnlyIfCached && (wish.isBypassed || wish.isRefreshed))
    throw gatewayErrors.bad_cache_header({ header: header.slice(0, 100) });
  return wish;
}

export const noWish: Readonly<CacheWish> = {
  isBypassed: false,
  isRefreshed: false,
  isOnlyIfCached: false,
  isExactOnly: false,
  ageMsMax: Number.POSITIVE_INFINITY,
};
