// Connections that are kept and used again, per server. A request takes the one that was used last, or a new one.
import type { HttpAnswer } from "../kernel/index.ts";
import { openConnection, staleConnection, type Address, type Connection, type WireRequest } from "./connection.ts";

/** Kept without work, per server; those beyond are closed. */
const IDLE_MAX = 256;

export interface ConnectionPool {
  send(request: WireRequest, signal: AbortSignal | undefined): Promise<HttpAnswer>;
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

  async function sendAnew(request: WireRequest, signal: AbortSignal | undefined): Promise<HttpAnswer> {
    const connection = await openConnection(address, events);
    if (signal?.aborted) {
      connection.close();
      throw signal.reason;
    }
    return connection.exchange(request, signal);
  }

  return {
    send(request, signal) {
      const kept = idle.pop();
      if (!kept) return sendAnew(request, signal);
      // No byte of an answer had come: the server cannot have begun one.
      return kept.exchange(request, signal).catch((error: unknown) => {
        if (error === staleConnection) return sendAnew(request, signal);
        throw error;
      });
    },
  };
}
