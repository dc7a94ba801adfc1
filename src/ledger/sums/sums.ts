// Sums over the record, answered: from what is kept where that is up to date, from the records where it is not.
import type { World } from "../../kernel/index.ts";
import { isTimeOut, type Storage } from "../../storage/index.ts";
import { createFromDatabase } from "../reading/from-database.ts";
import { ledgerErrors } from "../errors.ts";
import type { SumsConfig } from "./config.ts";
import type { SumQuery, Sums } from "./contract.ts";
import { grainMs } from "./cubes.ts";
import { keptSince } from "./reading/kept-since.ts";
import { makeApproach, recordsStretch } from "./reading/make-plan.ts";
import { sumRowFrom, withinRowFrom } from "./reading/row-from.ts";
import { readCostliest, readTemplates } from "./store/costliest.ts";
import { readRows } from "./store/read-rows.ts";
import { readStatement } from "./store/read-statement.ts";
import { withinStatement } from "./store/within-statement.ts";

interface SumsDeps {
  storage: Storage;
  world: Pick<World, "nowMs">;
}

const KEYS_BY_DEFAULT = 100;
const DIMENSIONS_MAX = 3;

export function createSums(config: SumsConfig, { storage, world }: SumsDeps): Sums {
  const fromDatabase = createFromDatabase(storage.isAvailable);
  const read = <T>(from: () => Promise<T>): Promise<T> =>
    fromDatabase(() =>
      from().catch((cause: unknown) => {
        if (isTimeOut(cause)) throw ledgerErrors.sums_too_long({ timeoutMs: config.timeout }, cause);
        throw cause;
      }),
    );

  return {
    async sums(query) {
      const { by = [], bucket = "none", where = {}, order = "cost", spreads = true } = query;
      if (by.length > DIMENSIONS_MAX) throw ledgerErrors.sums_bad_query({ why: `by has more than ${DIMENSIONS_MAX}` });
      const approach = makeApproach({ ...query, by, bucket, where }, config, keptSince(config, world.nowMs()));
      const { stretch, cubes } = approach;
      const limit = limitFor(query, stretch.untilMs - stretch.fromMs, config);
      const rows = await read(() =>
        readRows(storage.pool, { ...stretch, timeoutMs: config.timeout }, (behind) =>
          readStatement({ cubes, pieces: approach.piecesFor(behind), by, where, bucket, limit, order, spreads }),
        ),
      );
      return {
        since_ms: stretch.fromMs,
        until_ms: stretch.untilMs,
        rows: rows.map((row) => sumRowFrom(row, { by, bucket, spreads })),
      };
    },
    async within({ since_ms, until_ms, where = {}, bucket = "none", duration_ms, first_token_ms }) {
      const asked = { since_ms, until_ms, by: [], where, bucket };
      const { stretch, cubes, piecesFor } = makeApproach(asked, config, keptSince(config, world.nowMs()));
      limitFor({ bucket, limit: 1 }, stretch.untilMs - stretch.fromMs, config);
      const thresholds = { durationMs: duration_ms, firstTokenMs: first_token_ms };
      const rows = await read(() =>
        readRows(storage.pool, { ...stretch, timeoutMs: config.timeout }, (behind) =>
          withinStatement({ cubes, pieces: piecesFor(behind), where, bucket, ...thresholds }),
        ),
      );
      return rows.map((row) => withinRowFrom(row, { bucket, ...thresholds }));
    },
    async costliest({ since_ms, until_ms, where = {}, limit }) {
      const stretch = recordsStretch({ fromMs: since_ms, untilMs: until_ms }, config);
      const records = await read(() => readCostliest(storage.pool, { stretch, where, limit }));
      return { since_ms, until_ms, records };
    },
    describePatterns: (patterns) => read(() => readTemplates(storage.pool, patterns)),
  };
}

/** How many keys, so that the answer has no more rows than it may. Throws `ledger.sums_bad_query`. */
function limitFor(
  { bucket = "none", limit }: Pick<SumQuery, "bucket" | "limit">,
  lengthMs: number,
  { rows_max }: SumsConfig,
): number {
  const buckets = bucket === "none" ? 1 : Math.ceil(lengthMs / grainMs[bucket]) + 1;
  const most = Math.floor(rows_max / buckets);
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 1))
    throw ledgerErrors.sums_bad_query({ why: "limit is not a whole number above zero" });
  if (most < 1 || (limit ?? 1) > most)
    throw ledgerErrors.sums_bad_query({
      why: `${limit ?? 1} keys in ${buckets} buckets are more than the ${rows_max} rows of an answer`,
    });
  return limit ?? Math.min(KEYS_BY_DEFAULT, most);
}
