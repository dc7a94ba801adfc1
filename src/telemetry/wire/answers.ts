// What an exporter is answered, in the encoding that it asked in: what was rejected, or what was wrong with all of it.
import { Writer } from "protobufjs/minimal";

export const signals = ["traces", "logs", "metrics"] as const;
export type Signal = (typeof signals)[number];

export const encodings = ["protobuf", "json"] as const;
export type Encoding = (typeof encodings)[number];

export const MEDIA_TYPES: Record<Encoding, string> = { protobuf: "application/x-protobuf", json: "application/json" };

/** What became of a request's records. */
export interface Outcome {
  accepted: number;
  rejected: number;
  /** Why, for people; empty where nothing was rejected. */
  message: string;
}

const REJECTED = { traces: "rejectedSpans", logs: "rejectedLogRecords", metrics: "rejectedDataPoints" } as const;

/** ExportTraceServiceResponse and its likes: the three have the same field numbers. */
export function writeOutcome(signal: Signal, encoding: Encoding, { rejected, message }: Outcome): Uint8Array {
  const isWhole = rejected === 0 && message === "";
  if (encoding === "json") {
    // An int64, which JSON of protobuf has in quotes.
    const partialSuccess = { [REJECTED[signal]]: String(rejected), errorMessage: message };
    return Buffer.from(JSON.stringify(isWhole ? {} : { partialSuccess }));
  }
  if (isWhole) return new Uint8Array(0);
  const inner = Writer.create().uint32(8).int64(rejected).uint32(18).string(message).finish();
  return Writer.create().uint32(10).bytes(inner).finish();
}

/** google.rpc.Status: `code` is one of gRPC's. */
export function writeStatus(encoding: Encoding, { code, message }: { code: number; message: string }): Uint8Array {
  if (encoding === "json") return Buffer.from(JSON.stringify({ code, message }));
  return Writer.create().uint32(8).int32(code).uint32(18).string(message).finish();
}

/** gRPC's code for an HTTP status. What may be sent again is UNAVAILABLE, which every exporter tries again. */
export function grpcCodeOf(status: number): number {
  switch (status) {
    case 401:
      return 16;
    case 403:
      return 7;
    case 404:
    case 415:
      return 12;
    case 413:
      return 8;
    case 429:
    case 502:
    case 503:
    case 504:
      return 14;
    default:
      return status < 500 ? 3 : 13;
  }
}
