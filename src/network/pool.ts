// Connections that are kept and used again, per server. A request takes the one that was used last, or a new one.
import type { Cancellation, HttpAnswer } from "../kernel/index.ts";
import { openConnection, staleConnection, type Address, type Connection, type WireRequest } from "./connection.ts";

/** Kept without work, per server; those beyond are closed. */
const IDLE_MAX = 256;

export interface ConnectionPool {
  send(request: WireRequest, cancellation: Cancellation | undefined): Promise<HttpAnswer>;
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

  async function sendAnew(request: WireRequest, cancellation: Cancellation | undefined): Promise<HttpAnswer> {
    const connection = await openConnection(address, events);
    if (cancellation?.isCancelled) {
      connection.close();
      throw cancellation.reason;
    }
    return connection.exchange(request, cancellation);
  }

  return {
    send(request, cancellation) {
      const kept = idle.pop();
      if (!kept) return sendAnew(request, cancellation);
      // No byte of an answer had come: the server cannot have begun one.
      return kept.exchange(request, cancellation).catch((error: unknown) => {
        if (error === staleConnection) return sendAnew(request, cancellation);
        throw error;
      });
    },
  };
}
