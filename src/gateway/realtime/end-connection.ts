// How a connection ends, once, whoever ends it: both sides are closed, responses that will not be done are closed in the
// book, and what the connection held is given back.
import { type AppError, type Socket, toAppError, type World } from "../../kernel/index.ts";
import { providersErrors, writeRealtimeError } from "../../providers/index.ts";
import { gatewayErrors } from "../errors.ts";
import type { ResponseBook } from "./response-book.ts";

export interface Ending {
  readonly isOver: boolean;
  byCaller(code: number, reason: string): void;
  byVendor(code: number, reason: string): void;
  /** Of our own making: the caller is told the error and closed with the code. */
  byUs(error: AppError, code: number): void;
}

export interface EndingDeps {
  caller: Socket;
  vendor: Socket;
  /** `vendor/model`. */
  target: string;
  book: ResponseBook;
  world: World;
  release(): void;
}

/** How long a side may take to say good-bye. */
const CLOSE_TIMEOUT_MS = 5000;
const IN_ORDER = 1000;
/** A good-bye without a code. */
const NO_CODE = 1005;

/** `stop` is called first. */
export function createEnding({ caller, vendor, target, book, world, release }: EndingDeps, stop: () => void): Ending {
  let isOver = false;

  function end(error: AppError): void {
    isOver = true;
    stop();
    try {
      book.breakOff(error);
    } catch (cause) {
      world.log.error({ err: toAppError(cause) }, "a Realtime response is not on record");
    } finally {
      release();
    }
    setTimeout(() => {
      caller.terminate();
      vendor.terminate();
    }, CLOSE_TIMEOUT_MS).unref();
  }

  return {
    get isOver() {
      return isOver;
    },
    byCaller(code, reason) {
      if (isOver) return;
      end(gatewayErrors.caller_gone({}));
      vendor.close(code, reason);
    },
    byVendor(code, reason) {
      if (isOver) return;
      const isExpected = (code === IN_ORDER || code === NO_CODE) && !book.isExpecting();
      const error = providersErrors.vendor_cut({ target });
      end(error);
      if (!isExpected) caller.send(writeRealtimeError(error));
      caller.close(code, reason);
    },
    byUs(error, code) {
      if (isOver) return;
      end(error);
      caller.send(writeRealtimeError(error));
      caller.close(code, error.code);
      vendor.close(IN_ORDER, "");
    },
  };
}
