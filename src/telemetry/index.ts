// Telemetry's front door: what other programs report by OpenTelemetry, taken in, and what it means.
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
