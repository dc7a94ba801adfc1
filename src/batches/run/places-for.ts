// How many lines may be in flight: all of them while the gateway has little to do, fewer as it fills, none when it is busy.

export interface GatewayLoad {
  /** Lines of batches included. */
  in_flight: number;
  max: number;
}

/** `running` lines of batches are in flight now. */
export function placesFor(
  { in_flight, max }: GatewayLoad,
  { running, concurrency, busyShare }: { running: number; concurrency: number; busyShare: number },
): number {
  const others = Math.max(0, in_flight - running);
  const left = 1 - others / (max * busyShare);
  return left <= 0 ? 0 : Math.ceil(concurrency * left);
}
