// Metrics read back, page by page.
import type { World } from "../../kernel/index.ts";
import type { Storage } from "../../storage/index.ts";
import { METRIC_WINDOW_MS, type MetricPoint, type MetricQuery, type MetricView } from "../contract.ts";
import { telemetryErrors } from "../errors.ts";
import type { FoundPoint, MetricStore } from "./store.ts";

export interface MetricReader {
  /** Throws `telemetry.database_away` and `telemetry.bad_cursor`. */
  list(query: {
    search?: string | undefined;
    limit: number;
    cursor?: string | undefined;
  }): Promise<{ metrics: MetricView[]; next_cursor: string | null }>;
  /** Throws the same, and `telemetry.bad_label`. */
  points(query: MetricQuery): Promise<{ points: MetricPoint[]; next_cursor: string | null }>;
}

interface MetricReaderDeps {
  world: Pick<World, "nowMs">;
  storage: Pick<Storage, "isAvailable">;
  store: MetricStore;
}

const RETRY_AFTER_MS = 2000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function createMetricReader({ world, storage, store }: MetricReaderDeps): MetricReader {
  function checkDatabase(): void {
    if (!storage.isAvailable()) throw telemetryErrors.database_away({ retryAfterMs: RETRY_AFTER_MS });
  }

  return {
    async list({ search = "", limit, cursor }) {
      checkDatabase();
      const after = cursor === undefined ? "" : readText(cursor);
      const metrics = await store.list({ search: clean(search), limit: limit + 1, after });
      const page = metrics.slice(0, limit);
      const last = page.at(-1);
      return { metrics: page, next_cursor: metrics.length > limit && last ? writeText(last.name) : null };
    },
    async points({ name, attribute, since_ms, until_ms, limit, cursor }) {
      checkDatabase();
      const untilMs = until_ms ?? world.nowMs();
      const points = await store.points({
        name: clean(name),
        attributes: Object.fromEntries(attribute.map(readLabel)),
        sinceMs: since_ms ?? untilMs - METRIC_WINDOW_MS,
        untilMs,
        limit: limit + 1,
        after: cursor === undefined ? undefined : readPlace(cursor),
      });
      const page = points.slice(0, limit);
      const last = page.at(-1);
      return {
        points: page.map(viewOf),
        next_cursor: points.length > limit && last ? writeText(`${last.at_ms} ${last.series}`) : null,
      };
    },
  };
}

function viewOf({ series: _, ...point }: FoundPoint): MetricPoint {
  // The contract checks it on the way out; JSON has no NaN.
  return {
    ...point,
    value: inWords(point.value),
    sum: inWords(point.sum),
    min: inWords(point.min),
    max: inWords(point.max),
  } as MetricPoint;
}

function inWords(value: number | string | null): number | string | null {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

function readLabel(text: string): [string, string] {
  const at = text.indexOf("=");
  if (at < 1) throw telemetryErrors.bad_label({ label: text.slice(0, 100) });
  return [clean(text.slice(0, at)), clean(text.slice(at + 1))];
}

/** PostgreSQL has no place for NUL. */
function clean(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\ufffd");
}

function writeText(text: string): string {
  return Buffer.from(text).toString("base64url");
}

function readText(cursor: string): string {
  const text = Buffer.from(cursor, "base64url").toString("utf8");
  if (text === "" || text.includes("\0")) throw telemetryErrors.bad_cursor({});
  return text;
}

function readPlace(cursor: string): { at_ms: number; series: string } {
  const [at = "", series = ""] = readText(cursor).split(" ");
  if (!/^\d{1,15}(\.\d{1,10})?$/.test(at) || !UUID.test(series)) throw telemetryErrors.bad_cursor({});
  return { at_ms: Number(at), series };
}
