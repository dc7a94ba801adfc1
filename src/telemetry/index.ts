// Telemetry's front door: what other programs report by OpenTelemetry, taken in, and what it means.
export { telemetryConfigSchema, type TelemetryConfig } from "./config.ts";
export { telemetryErrors } from "./errors.ts";
export { addUpCounts } from "./intake/add-up-counts.ts";
export type { TelemetryCounts } from "./intake/counters.ts";
export { telemetryMigrations } from "./migrations/index.ts";
export { createTelemetry, type PackedExport, type Telemetry } from "./telemetry.ts";
export {
  type Encoding,
  encodings,
  grpcCodeOf,
  MEDIA_TYPES,
  type Outcome,
  type Signal,
  signals,
  writeOutcome,
  writeStatus,
} from "./wire/answers.ts";
export type {
  JsonValue,
  Sender,
  WireAttributes,
  WireContext,
  WireLog,
  WireResource,
  WireScope,
  WireSpan,
} from "./wire/wire-span.ts";
