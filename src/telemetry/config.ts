// The `telemetry` branch of the config tree: how much other programs may report at once, and how much of it is kept.
import { z } from "zod";
import { byteSize, duration } from "../kernel/index.ts";
import { meaningConfigSchema } from "./meaning/config.ts";

const KIB = 1024;
const MIB = 1024 * KIB;
const DAY_MS = 86_400_000;

const count = (max: number) => z.number().int().min(1).max(max);

export const telemetryConfigSchema = z
  .strictObject({
    body_bytes_max: byteSize()
      .default(16 * MIB)
      .describe("the longest request that reports telemetry, packed and unpacked"),
    records_max: count(1_000_000)
      .default(50_000)
      .describe(
        "spans, logs or metrics in one request, and the groups they stand in; one with more is refused. And points of one metric",
      ),
    queue_requests_max: count(100_000)
      .default(256)
      .describe("requests that are taken in at once; more are asked to come again"),
    queue_bytes_max: byteSize()
      .default(64 * MIB)
      .describe("what these requests may hold together, unpacked"),
    own_process_from: z
      .number()
      .int()
      .min(0)
      .max(1_000_000)
      .default(500)
      .describe(
        "records a second, for ten seconds, from which on a process of its own takes telemetry in, so that calls do not wait behind it. 0 for never",
      ),
    own_process_for: duration()
      .default(600_000)
      .describe(
        "how long that process stays while less than a quarter as much comes; below ten seconds it would come and go",
      ),
    age_max: duration()
      .default(3650 * DAY_MS)
      .describe("records from longer ago are rejected: a clock was never set"),
    ahead_max: duration().default(DAY_MS).describe("records from further in the future are rejected"),
    attributes_max: count(100_000)
      .default(2000)
      .describe("attributes of a record, of each of its events, and of each map in them; more are cut"),
    events_max: count(100_000).default(500).describe("events of a span; more are cut"),
    links_max: count(10_000).default(128).describe("links of a span; more are cut"),
    value_bytes_max: byteSize().default(MIB).describe("the longest single text; longer ones are cut"),
    record_bytes_max: byteSize()
      .default(4 * MIB)
      .describe("all values of a record together; what comes after is cut"),
    depth_max: count(100)
      .default(16)
      .describe("how deep maps and lists may stand in one another; what is deeper is cut"),
    kept_attribute_bytes_max: byteSize()
      .default(32 * KIB)
      .describe("the longest attribute that stays in the record itself; prompts and answers are kept apart, as bodies"),
    meaning: meaningConfigSchema,
    metrics: z
      .strictObject({
        series_max: count(10_000_000)
          .default(100_000)
          .describe("sets of labels that the metrics of all senders may have; points of further ones are rejected"),
        keep: duration()
          .default(30 * DAY_MS)
          .describe("how long points of metrics are kept"),
      })
      .prefault({}),
  })
  .prefault({});

export type TelemetryConfig = z.output<typeof telemetryConfigSchema>;
