// Figures over the record for who watches: sums in buckets of a size that fits the time asked for.
import type { World } from "../../kernel/index.ts";
import type { Sums } from "../../ledger/index.ts";
import type { SumBucket } from "../../ledger/contract.ts";
import type { Series, SeriesQuery } from "./contract.ts";
import { readDimensions, readWhere } from "./read-wishes.ts";

export interface Figures {
  /** Throws `observability.unknown_dimension`, and what `ledger.sums` throws. */
  series(query: SeriesQuery): Promise<Series>;
}

interface FiguresDeps {
  ledger: Sums;
  world: Pick<World, "nowMs">;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

export function createFigures({ ledger, world }: FiguresDeps): Figures {
  return {
    async series(query) {
      const until_ms = query.until_ms ?? world.nowMs();
      const since_ms = query.since_ms ?? until_ms - DAY_MS;
      const bucket = query.bucket ?? bucketFor(until_ms - since_ms);
      const by = readDimensions(query.by);
      const { limit, order } = query;
      const answer = await ledger.sums({ since_ms, until_ms, by, bucket, where: readWhere(query), limit, order });
      return { ...answer, bucket, by };
    },
  };
}

function bucketFor(lengthMs: number): SumBucket {
  if (lengthMs <= 3 * HOUR_MS) return "minute";
  return lengthMs <= 8 * DAY_MS ? "hour" : "day";
}
