// Which traces are sent, where not all are: decided by the trace's id, as OpenTelemetry's consistent sampling does, so that
// everybody who samples so keeps the same ones, and a trace is whole.

/** The last 7 of the id's 16 bytes are the lot. */
const LOT_AT = 18;
const LOT_END = 2 ** 56;

export function isSampled(traceId: string, share: number): boolean {
  return Number.parseInt(traceId.slice(LOT_AT), 16) >= (1 - share) * LOT_END;
}
