// Two WebSockets joined: what comes on one goes out on the other, unchanged and in order, by way of the book. It lasts until
// either side leaves, says nothing or takes nothing for too long, or the book cannot be written.
import { type AppError, type SocketListener, toAppError } from "../../kernel/index.ts";
import type { GatewayConfig } from "../config.ts";
import { gatewayErrors } from "../errors.ts";
import type { Watched, WatchLimits, Watchkeeper } from "../watchkeeper.ts";
import { createEnding, type EndingDeps } from "./end-connection.ts";
import { createFlow } from "./flow.ts";
import type { OfferedTools } from "./offered-tools.ts";

export interface Relay {
  readonly callerListener: SocketListener;
  readonly vendorListener: SocketListener;
  /** Ends as soon as no response is awaited. */
  leave(): void;
}

export interface RelayDeps extends EndingDeps {
  config: GatewayConfig["realtime"];
  limits: WatchLimits;
  /** What a kill switch may concern. */
  asked?: Watched["asked"];
  watchkeeper: Watchkeeper;
  checkTools: OfferedTools["check"];
}

/** Close codes of RFC 6455 and its registry, for ends that are of our making. */
const GOING_AWAY = 1001;
const NOT_ALLOWED = 1008;
const BROKEN_HERE = 1011;
const STOPPING = 1012;
const TOO_SLOW = 1013;

export function createRelay(deps: RelayDeps): Relay {
  const { caller, vendor, target, book, world } = deps;
  const { buffered_bytes_max: bytesMax, slow_timeout: timeoutMs } = deps.config;
  const bounds = { bytesMax, timeoutMs, world };
  const ending = createEnding(deps, () => {
    watch.stop();
    toCaller.stop();
    toVendor.stop();
  });
  const toCaller = createFlow(vendor, caller, {
    ...bounds,
    onStuck: () => ending.byUs(gatewayErrors.caller_too_slow({ timeoutMs }), TOO_SLOW),
  });
  const toVendor = createFlow(caller, vendor, {
    ...bounds,
    onStuck: () => ending.byUs(gatewayErrors.vendor_too_slow({ target, timeoutMs }), TOO_SLOW),
  });
  const watch = deps.watchkeeper.watch({
    target,
    limits: deps.limits,
    asked: deps.asked,
    hangUp: new AbortController().signal,
    end: (reason) => ending.byUs(asConnectionError(reason), closeCodeOf(reason)),
  });
  let isLeaving = false;

  function leaveWhenIdle(): void {
    if (isLeaving && !book.isExpecting()) ending.byUs(gatewayErrors.stopping({}), STOPPING);
  }

  function pass(carry: () => void): void {
    if (ending.isOver) return;
    watch.progress();
    try {
      carry();
    } catch (thrown) {
      const error = toAppError(thrown);
      ending.byUs(error, REFUSALS.has(error.code) ? NOT_ALLOWED : BROKEN_HERE);
    }
  }

  return {
    callerListener: {
      onFrame: (frame) =>
        pass(() => {
          deps.checkTools(frame);
          book.fromCaller(frame);
          toVendor.send(frame);
        }),
      onPing: (data) => vendor.ping(data),
      onClose: ending.byCaller,
    },
    vendorListener: {
      onFrame: (frame) =>
        pass(() => {
          book.fromVendor(frame);
          toCaller.send(frame);
          leaveWhenIdle();
        }),
      onPing: (data) => caller.ping(data),
      onClose: ending.byVendor,
    },
    leave() {
      isLeaving = true;
      leaveWhenIdle();
    },
  };
}

const SWITCHED_OFF = "governance.switched_off";
/** Of what a caller would offer. */
const REFUSALS: ReadonlySet<string> = new Set(["gateway.tool_forbidden", SWITCHED_OFF]);

const closeCodeOf = ({ code }: AppError): number => (code === SWITCHED_OFF ? NOT_ALLOWED : GOING_AWAY);

// The watchkeeper knows of answers; here both sides are silent, which is another bound.
function asConnectionError(reason: AppError): AppError {
  const { target, timeoutMs } = reason.params;
  return reason.code === "gateway.total_timeout" || reason.code === SWITCHED_OFF
    ? reason
    : gatewayErrors.silent_connection({ target: String(target), timeoutMs: Number(timeoutMs) });
}
