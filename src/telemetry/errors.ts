// What can be wrong with a whole request that reports telemetry. Single records that do not hold are no error: they are
// counted, and the answer says so.
import { defineErrors } from "../kernel/index.ts";

export const telemetryErrors = defineErrors("telemetry", {
  malformed: (p: { signal: string; why: string }) => ({
    status: 400,
    message: `This is no export of ${p.signal}: ${p.why}.`,
    fix: "Send an OTLP request to the address of its signal, and say by content-type whether it is protobuf or JSON.",
  }),
  too_large: (p: { max: number }) => ({
    status: 413,
    message: `The request is longer than ${p.max} bytes, unpacked.`,
    fix: "Let the exporter send smaller batches (OTEL_BSP_MAX_EXPORT_BATCH_SIZE), or raise telemetry.body_bytes_max.",
  }),
  too_many_records: (p: { signal: string; max: number }) => ({
    status: 413,
    message: `The request has more than ${p.max} records of ${p.signal}.`,
    fix: "Let the exporter send smaller batches (OTEL_BSP_MAX_EXPORT_BATCH_SIZE), or raise telemetry.records_max.",
  }),
  bad_packing: (p: { encoding: string; why: string }) => ({
    status: 400,
    message: `The body cannot be unpacked as ${p.encoding}: ${p.why}.`,
    fix: "Send it as the header content-encoding says, or without that header and not packed.",
  }),
  unknown_packing: (p: { encoding: string }) => ({
    status: 415,
    message: `Bodies packed as ${JSON.stringify(p.encoding)} are not understood.`,
    fix: "Set OTEL_EXPORTER_OTLP_COMPRESSION to gzip, or to none.",
  }),
  unknown_type: (p: { type: string }) => ({
    status: 415,
    message: `The content-type ${JSON.stringify(p.type)} is none of OTLP's.`,
    fix: "Send application/x-protobuf or application/json; set OTEL_EXPORTER_OTLP_PROTOCOL to http/protobuf or http/json.",
  }),
  queue_full: (p: { max: number; unit: string; retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: `Already ${p.max} ${p.unit} of telemetry are being taken in.`,
    fix: "Exporters try again by themselves; where this lasts, send less, or raise telemetry.queue_requests_max and queue_bytes_max.",
  }),
  database_away: (p: { retryAfterMs: number }) => ({
    status: 503,
    retry: "later",
    message: "Metrics are kept in PostgreSQL, which does not answer.",
    fix: `Exporters try again by themselves; by hand, try again in ${p.retryAfterMs / 1000} s. \`binnacle status\` shows the state of the database.`,
  }),
  bad_label: (p: { label: string }) => ({
    status: 400,
    message: `${JSON.stringify(p.label)} is no label of a metric.`,
    fix: "Write it as key=value.",
  }),
  bad_cursor: () => ({
    status: 400,
    message: "This cursor was not made by this list.",
    fix: "Leave it out to start from the first page, or send next_cursor of the page before, unchanged.",
  }),
});
