// Takes in metrics: their points are in PostgreSQL before their sender hears that they were accepted. While PostgreSQL is
// away, senders are asked to come again: an SDK keeps its metrics, and a later export says what an earlier one would have.
import { isAppError, type World } from "../../kernel/index.ts";
import type { Storage } from "../../storage/index.ts";
import type { TelemetryConfig } from "../config.ts";
import { telemetryErrors } from "../errors.ts";
import type { Export } from "../intake/intake.ts";
import { createRejections, type Rejections } from "../intake/rejections.ts";
import type { Turns } from "../intake/turns.ts";
import type { Outcome } from "../wire/answers.ts";
import { openMetrics, type RecordGroup, wordsOf } from "../wire/open-export.ts";
import type { ReadMetric } from "../wire/protobuf/metrics/metrics.ts";
import { isPointTime, type TimeBounds, timeBoundsAt } from "../wire/settle.ts";
import type { WireMetricPoint } from "../wire/wire-span.ts";
import { createKnownSeries } from "./known-series.ts";
import { createMetricPartitions } from "./partitions.ts";
import { type Series, seriesOf } from "./series.ts";
import type { MetricStore, Point } from "./store.ts";

export interface MetricIntake {
  /** Throws `telemetry.malformed` and `telemetry.database_away`. */
  take(given: Export): Promise<Outcome>;
}

export interface MetricIntakeDeps {
  world: World;
  storage: Pick<Storage, "isAvailable">;
  store: MetricStore;
  turns: Turns;
}

interface Found {
  series: Series;
  point: Point;
}

const RETRY_AFTER_MS = 2000;
/** Of one statement. */
const POINTS_MAX = 2000;

export function createMetricIntake(config: TelemetryConfig, deps: MetricIntakeDeps): MetricIntake {
  const { world, storage, store, turns } = deps;
  const known = createKnownSeries(config.metrics, { store, world });
  const partitions = createMetricPartitions(config.metrics.keep, { store, world });

  /** Whatever goes wrong there, what was not written is not accepted. */
  async function inDatabase<T>(work: () => Promise<T>): Promise<T> {
    if (!storage.isAvailable()) throw telemetryErrors.database_away({ retryAfterMs: RETRY_AFTER_MS });
    try {
      return await work();
    } catch (cause) {
      if (isAppError(cause)) throw cause;
      world.log.warn({ err: cause }, "points of metrics could not be written");
      throw telemetryErrors.database_away({ retryAfterMs: RETRY_AFTER_MS }, cause);
    }
  }

  async function write(found: readonly Found[], rejections: Rejections): Promise<void> {
    const admitted = await known.admit(found.map(({ series }) => series));
    const kept = found.filter(({ series }) => admitted.ids.has(series.id));
    if (kept.length < found.length)
      rejections.reject("there are more sets of labels than telemetry.metrics.series_max", found.length - kept.length);
    await partitions.prepareFor();
    await store.write(
      admitted.news,
      kept.map(({ point }) => point),
    );
    known.remember(admitted.news);
    rejections.accept(kept.length);
  }

  return {
    async take(given) {
      const rejections = createRejections();
      const groups = openMetrics(given.body, { encoding: given.encoding, bounds: config });
      const times = timeBoundsAt(world.nowMs(), config);
      let found: Found[] = [];
      for (const group of groups)
        for (let index = 0; index < group.count; index += 1) {
          found.push(...readMetric(group, index, { given, times, rejections }));
          if (found.length < POINTS_MAX) continue;
          await inDatabase(() => write(found, rejections));
          found = [];
          await turns.next();
        }
      if (found.length > 0) await inDatabase(() => write(found, rejections));
      return rejections.outcome();
    },
  };
}

interface Reading {
  given: Export;
  times: TimeBounds;
  rejections: Rejections;
}

function readMetric(group: RecordGroup<ReadMetric>, index: number, { given, times, rejections }: Reading): Found[] {
  let metric: ReadMetric;
  try {
    metric = group.read(index);
  } catch (error) {
    rejections.reject(`a metric does not add up: ${wordsOf(error)}`);
    return [];
  }
  if (metric.pointsLeft > 0) rejections.reject("a point does not add up", metric.pointsLeft);
  if (metric.name === "") {
    rejections.reject("a metric has no name", metric.points.length);
    return [];
  }
  return metric.points.flatMap((point) => {
    if (!isPointTime(point.atMs, times)) {
      rejections.reject("a point's time is not said, or not between telemetry.age_max and ahead_max");
      return [];
    }
    const series = seriesOf(point.attributes, { metric, group, sender: given.sender });
    return [{ series, point: rowOf(series.id, point) }];
  });
}

function rowOf(series: string, point: WireMetricPoint): Point {
  const { atMs, value, count, sum, min, max, buckets, exponential, quantiles, exemplars } = point;
  const detail = {
    ...(buckets && { buckets }),
    ...(exponential && { exponential }),
    ...(quantiles && { quantiles }),
    ...(exemplars.length > 0 && { exemplars }),
  };
  return {
    series,
    at_ms: atMs,
    started_at_ms: Number.isFinite(point.startedAtMs) ? point.startedAtMs : null,
    value,
    count,
    sum,
    min,
    max,
    detail: Object.keys(detail).length > 0 ? detail : null,
  };
}
