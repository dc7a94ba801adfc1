// One direction of a relay. Where the far end takes frames more slowly than the near end sends them, the near end is not
// read until it has caught up; and a far end that takes nothing at all for a while is reported.
import type { Frame, Socket } from "../../kernel/index.ts";

export interface Flow {
  send(frame: Frame): void;
  stop(): void;
}

export interface FlowOptions {
  /** What waits for the far end beyond this is too much. */
  bytesMax: number;
  /** How long the far end may take nothing. */
  timeoutMs: number;
  world: { monotonicMs(): number };
  /** Called once; nothing more goes this way. */
  onStuck(): void;
}

/** WebSockets here do not tell when they have room again: they are asked. */
const LOOK_MS = 20;

export function createFlow(from: Socket, to: Socket, { bytesMax, timeoutMs, world, onStuck }: FlowOptions): Flow {
  let timer: ReturnType<typeof setInterval> | undefined;
  let leastBytes = 0;
  let takenMs = 0;

  function stop(): void {
    clearInterval(timer);
    timer = undefined;
  }

  function hold(waitingBytes: number): void {
    from.pause();
    leastBytes = waitingBytes;
    takenMs = world.monotonicMs();
    timer = setInterval(look, LOOK_MS);
  }

  function look(): void {
    const waitingBytes = to.bufferedBytes();
    if (waitingBytes <= bytesMax / 2) {
      stop();
      from.resume();
    } else if (waitingBytes < leastBytes) {
      leastBytes = waitingBytes;
      takenMs = world.monotonicMs();
    } else if (world.monotonicMs() - takenMs >= timeoutMs) {
      stop();
      onStuck();
    }
  }

  return {
    send(frame) {
      to.send(frame);
      const waitingBytes = to.bufferedBytes();
      if (timer === undefined && waitingBytes > bytesMax) hold(waitingBytes);
    },
    stop,
  };
}
