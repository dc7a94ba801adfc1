// A vendor may speak as soon as it has let us in, before the caller's own end is open: what it says is kept until then.
import type { SocketListener } from "../../kernel/index.ts";

export interface HeldListener extends SocketListener {
  /** Tells what was kept, in order; and what comes from now on. */
  releaseTo(listener: SocketListener): void;
}

/** It keeps what one read of the socket brings: who holds it pauses the socket. */
export function createHeldListener(): HeldListener {
  let listener: SocketListener | undefined;
  let kept: ((to: SocketListener) => void)[] = [];

  function tell(what: (to: SocketListener) => void): void {
    if (listener) what(listener);
    else kept.push(what);
  }

  return {
    onFrame: (frame) => tell((to) => to.onFrame(frame)),
    onPing: (data) => tell((to) => to.onPing(data)),
    onClose: (code, reason) => tell((to) => to.onClose(code, reason)),
    releaseTo(to) {
      listener = to;
      for (const what of kept) what(to);
      kept = [];
    },
  };
}
