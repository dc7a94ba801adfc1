// Connections that are kept and used again, per server. A request takes the one that was used last, or a new one.
import type { Cancellation, HttpAnswer } from "../kernel/index.ts";
import { openConnection, staleConnection, type Address, type Connection, type WireRequest } from "./connection.ts";

/** Kept without work, per server; those beyond are closed. */
const IDLE_MAX = 256;

export interface ConnectionPool {
  send(request: WireRequest, limits: SendLimits): Promise<HttpAnswer>;
}

export interface SendLimits {
  cancellation: Cancellation | undefined;
  connectTimeoutMs: number | undefined;
}

export function createConnectionPool(address: Address): ConnectionPool {
  const idle: Connection[] = [];
  const events = {
    onIdle(connection: Connection): void {
      if (idle.length < IDLE_MAX) idle.push(connection);
      else connection.close();
    },
    onClose(connection: Connection): void {
      const at = idle.indexOf(connection);
      if (at >= 0) idle.splice(at, 1);
    },
  };

  async function sendAnew(request: WireRequest, limits: SendLimits): Promise<HttpAnswer> {
    const connection = await within(limits, openConnection(address, events));
    return connection.exchange(request, limits.cancellation);
  }

  return {
    send(request, limits) {
      const kept = idle.pop();
      if (!kept) return sendAnew(request, limits);
      // No byte of an answer had come: the server cannot have begun one.
      return kept.exchange(request, limits.cancellation).catch((error: unknown) => {
        if (error === staleConnection) return sendAnew(request, limits);
        throw error;
      });
    },
  };
}

/** A connection in time, while somebody wants it. One that is there too late is closed: the system may try for minutes. */
function within({ cancellation, connectTimeoutMs }: SendLimits, opening: Promise<Connection>): Promise<Connection> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    const end = (): boolean => {
      if (isOver) return false;
      isOver = true;
      clearTimeout(timer);
      if (cancellation) cancellation.onCancel = undefined;
      return true;
    };
    const giveUp = (reason: unknown): void => void (end() && reject(reason));
    const late = (): void => giveUp(new Error(`there was no connection after ${connectTimeoutMs} ms`));
    const timer = connectTimeoutMs === undefined ? undefined : setTimeout(late, connectTimeoutMs);
    opening.then((connection) => (end() ? resolve(connection) : connection.close()), giveUp);
    if (cancellation?.isCancelled) giveUp(cancellation.reason);
    else if (cancellation) cancellation.onCancel = giveUp;
  });
}
