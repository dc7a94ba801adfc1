// From a question to a plan: which cube, which grain, which pieces of time; or why it cannot be answered, and what could.
import type { SumBucket, SumDimension, SumWhere } from "../contract.ts";
import { ledgerErrors } from "../../errors.ts";
import type { SumsConfig } from "../config.ts";
import { type CubeByGrain, cubesFor, type Grain, grainMs } from "../cubes.ts";
import { type Behind, type KeptSince, type Pieces, planPieces, type Stretch, widen } from "./plan-pieces.ts";

interface Asked {
  since_ms: number;
  until_ms: number;
  by: readonly SumDimension[];
  where: SumWhere;
  bucket: SumBucket;
}

export interface Approach {
  /** Widened to what is kept. */
  stretch: Stretch;
  /** Undefined: from the records. */
  cubes: CubeByGrain | undefined;
  piecesFor(behind: Behind): Pieces;
}

/** The year 9999, beyond which PostgreSQL's and JavaScript's calendars part. */
const LAST_MS = 253_402_300_799_999;

/** Throws `ledger.sums_too_fine`, `ledger.sums_too_wide` or `ledger.sums_bad_query`. */
export function makeApproach(asked: Asked, config: SumsConfig, since: KeptSince): Approach {
  const { by, where, bucket } = asked;
  const given = { fromMs: clampMs(asked.since_ms), untilMs: clampMs(asked.until_ms) };
  if (!(given.fromMs < given.untilMs)) throw ledgerErrors.sums_bad_query({ why: "since_ms is not before until_ms" });
  const stretch = widen(given, since);
  const cubes = cubesFor([...by, ...wanted(where)]);
  const isSplitByTag = (where.tag?.length ?? 0) > 1 && !by.includes("tag");
  const kept = isSplitByTag ? undefined : cubes;
  if (kept === undefined && stretch.untilMs - stretch.fromMs > config.records_window + grainMs.day)
    throw ledgerErrors.sums_too_wide({
      dimensions: [...by, ...wanted(where)],
      windowMs: config.records_window,
    });
  checkBucket({ bucket, stretch, isKept: kept !== undefined }, since);
  return {
    stretch,
    cubes: kept,
    piecesFor: (behind) =>
      kept === undefined
        ? { minute: [], hour: [], day: [], records: [stretch] }
        : planPieces(stretch, { behind, keptSince: since, coarsest: coarsestFor(bucket) }),
  };
}

/** Of the records one by one. Throws `ledger.sums_too_wide` and `ledger.sums_bad_query`. */
export function recordsStretch({ fromMs, untilMs }: Stretch, { records_window }: SumsConfig): Stretch {
  const stretch = { fromMs: clampMs(fromMs), untilMs: clampMs(untilMs) };
  if (!(stretch.fromMs < stretch.untilMs))
    throw ledgerErrors.sums_bad_query({ why: "since_ms is not before until_ms" });
  if (stretch.untilMs - stretch.fromMs > records_window + grainMs.day)
    throw ledgerErrors.sums_too_wide({ dimensions: ["request"], windowMs: records_window });
  return stretch;
}

function clampMs(ms: number): number {
  return Math.min(Math.max(ms, 0), LAST_MS);
}

function wanted(where: SumWhere): SumDimension[] {
  return (Object.keys(where) as SumDimension[]).filter((dimension) => where[dimension] !== undefined);
}

function coarsestFor(bucket: SumBucket): Grain {
  return bucket === "none" ? "day" : bucket;
}

function checkBucket(
  { bucket, stretch, isKept }: { bucket: SumBucket; stretch: Stretch; isKept: boolean },
  since: KeptSince,
): void {
  if (!isKept || bucket === "none" || bucket === "day") return;
  if (stretch.fromMs < since[bucket]) throw ledgerErrors.sums_too_fine({ bucket, sinceMs: since[bucket] });
}
