// One connection to one server, for one exchange after another. Which connection takes which request is decided in pool.ts.
import type { Socket } from "bun";
import type { Cancellation, HttpAnswer } from "../kernel/index.ts";
import { createReceiver, type Reading } from "./receiver.ts";

export interface Address {
  hostname: string;
  /** Where the name is not to be looked up. */
  ip?: string | undefined;
  port: number;
  isSecure: boolean;
}

/** A request in bytes: its head, and its body unless that stands in the same text. */
export interface WireRequest {
  text: string;
  bytes: Uint8Array | undefined;
}

export interface Connection {
  /**
   * One exchange; the one before must have ended. Resolves when the answer's head is there. Rejects with the
   * cancellation's reason, with `staleConnection`, or with what went wrong.
   */
  exchange(request: WireRequest, cancellation: Cancellation | undefined): Promise<HttpAnswer>;
  close(): void;
}

export interface ConnectionEvents {
  /** It can take the next exchange. */
  onIdle(connection: Connection): void;
  onClose(connection: Connection): void;
}

/** The server closed a kept connection while the request was on its way to it, and said nothing. */
export const staleConnection = new Error("the server had closed the connection");

/** A kept connection is closed after this long without an exchange. Most servers close theirs earlier. */
const IDLE_TIMEOUT_S = 60;
/** The network is asked this often whether a silent server is still there. */
const KEEP_ALIVE_MS = 30_000;

/** Rejects when no connection can be made, or when the server's certificate is not good for its name. */
export async function openConnection(address: Address, events: ConnectionEvents): Promise<Connection> {
  const { hostname, ip = hostname, port, isSecure } = address;
  const ready = Promise.withResolvers<void>();
  // Where the connection is refused, Bun.connect rejects too, and nobody waits for this one.
  ready.promise.catch(() => undefined);
  const line = createLine(events);
  const socket = await Bun.connect({
    hostname: ip,
    port,
    ...(isSecure && { tls: { serverName: hostname, rejectUnauthorized: true } }),
    socket: {
      open: () => (isSecure ? undefined : ready.resolve()),
      // Where it is not trusted, Bun closes the connection by itself.
      handshake: (_, isTrusted, why) => (isTrusted ? ready.resolve() : ready.reject(why ?? new Error("not trusted"))),
      data: (_, bytes) => line.receive(bytes),
      drain: () => line.drain(),
      timeout: () => line.connection.close(),
      error: (_, error) => line.fail(error),
      close() {
        line.closed();
        ready.reject(new Error("the server closed the connection before it was ready"));
      },
    },
  });
  socket.setNoDelay(true);
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  line.use(socket);
  await ready.promise;
  return line.connection;
}

/** What a connection does once it is there. */
function createLine(events: ConnectionEvents) {
  let socket: Socket | undefined;
  let isReused = false;
  let hasReceived = false;
  let isClosed = false;
  const sender = createSender();
  const current = createExchange((reason) => fail(reason));
  const receiver = createReceiver({ pause: () => socket?.pause(), resume: () => socket?.resume(), drop: close });
  const connection: Connection = { exchange, close };

  function exchange(request: WireRequest, cancellation: Cancellation | undefined): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      // Its server may have closed it between two turns of the event loop.
      if (isClosed || !socket) return reject(staleConnection);
      current.begin(reject, cancellation);
      hasReceived = false;
      receiver.expect(resolve);
      if (isReused) setIdle(socket, false);
      sender.send(socket, request);
    });
  }

  function end({ mayReuse }: Reading): void {
    current.end();
    // An answer before the whole request was sent is an answer; but the connection is of no more use.
    if (mayReuse && !sender.isBusy() && socket && !isClosed) {
      isReused = true;
      setIdle(socket, true);
      events.onIdle(connection);
    } else close();
    receiver.end();
  }

  function fail(error: unknown): void {
    const reject = current.end();
    close();
    if (reject && !receiver.fail(error)) reject(error);
  }

  function close(): void {
    if (isClosed) return;
    isClosed = true;
    current.end();
    socket?.terminate();
    events.onClose(connection);
  }

  return {
    connection,
    fail,
    use: (opened: Socket) => void (socket = opened),
    drain: () => socket && sender.drain(socket),
    receive(bytes: Buffer): void {
      // Nobody has asked for anything.
      if (!current.isOpen()) return close();
      hasReceived = true;
      const reading = receiver.read(bytes);
      if (reading.isWhole) end(reading);
      else if (reading.error) fail(reading.error);
    },
    closed(): void {
      if (!current.isOpen()) return close();
      const reading = receiver.readEnd();
      if (reading.isWhole) end(reading);
      else fail(isReused && !hasReceived ? staleConnection : new Error("the server closed the connection"));
    },
  };
}

/** The exchange at hand: whom to tell when it fails, and what may end it early. */
function createExchange(onCancel: (reason: unknown) => void) {
  let reject: ((reason: unknown) => void) | undefined;
  let cancellation: Cancellation | undefined;
  return {
    isOpen: () => reject !== undefined,
    begin(newReject: (reason: unknown) => void, newCancellation: Cancellation | undefined): void {
      reject = newReject;
      cancellation = newCancellation;
      if (cancellation) cancellation.onCancel = onCancel;
    },
    /** Gives back whom to tell, once. */
    end(): ((reason: unknown) => void) | undefined {
      if (cancellation) cancellation.onCancel = undefined;
      const ended = reject;
      reject = undefined;
      cancellation = undefined;
      return ended;
    },
  };
}

/** Nobody waits for an idle connection: it may go after a while, and keeps no process alive. */
function setIdle(socket: Socket, isIdle: boolean): void {
  socket.timeout(isIdle ? IDLE_TIMEOUT_S : 0);
  if (isIdle) socket.unref();
  else socket.ref();
}

/** Sends requests, as fast as the network takes them. */
function createSender() {
  let unsent: Uint8Array | undefined;

  function drain(socket: Socket): void {
    if (!unsent) return;
    const sent = socket.write(unsent);
    unsent = sent >= unsent.length ? undefined : unsent.subarray(Math.max(0, sent));
  }

  return {
    isBusy: () => unsent !== undefined,
    drain,
    send(socket: Socket, { text, bytes }: WireRequest): void {
      const sent = Math.max(0, socket.write(text));
      const isSent = sent >= text.length && sent >= Buffer.byteLength(text);
      unsent = isSent ? bytes : Buffer.concat([Buffer.from(text).subarray(sent), bytes ?? new Uint8Array()]);
      drain(socket);
    },
  };
}
