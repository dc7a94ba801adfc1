// WebSockets to other servers: Bun's own, with the face that the rooms above know.
import type { WebSocket as BunSocket } from "bun";
import type { OpenedSocket, OpenSocket, Socket, SocketListener, SocketRequest } from "../kernel/index.ts";
import { sayableClose } from "../kernel/index.ts";

// The browser's declarations hide Bun's, which takes headers and can pause.
const BunWebSocket = WebSocket as unknown as new (url: string, options: Bun.WebSocketOptions) => BunSocket;

/** Bun tells a refusal's status in the words of its error and nowhere else. */
const REFUSED = /Expected 101 status code: (\d{3})/;

export function createOpenSocket(): OpenSocket {
  return (url, request) =>
    new Promise((resolve) => {
      const bunSocket = new BunWebSocket(url, { headers: request.headers, protocols: request.protocols });
      bunSocket.binaryType = "nodebuffer";
      open(bunSocket, request, resolve);
    });
}

function open(
  bunSocket: BunSocket,
  { listener, timeoutMs }: SocketRequest,
  resolve: (opened: OpenedSocket) => void,
): void {
  let isOpen = false;
  let problem = "it closed before it was open";
  const timer = setTimeout(() => {
    problem = `it did not answer within ${timeoutMs} ms`;
    bunSocket.terminate();
    refuse();
  }, timeoutMs);

  function refuse(): void {
    clearTimeout(timer);
    const status = REFUSED.exec(problem)?.[1];
    resolve({ ok: false, status: status === undefined ? null : Number(status), detail: problem });
  }

  bunSocket.addEventListener("open", () => {
    isOpen = true;
    clearTimeout(timer);
    resolve({ ok: true, socket: socketOf(bunSocket) });
  });
  bunSocket.addEventListener("error", (event) => {
    problem = event.message || problem;
  });
  bunSocket.addEventListener("close", ({ code, reason }) => {
    if (isOpen) listener.onClose(code, reason);
    else refuse();
  });
  tellFrames(bunSocket, listener);
}

function tellFrames(bunSocket: BunSocket, listener: SocketListener): void {
  bunSocket.addEventListener("message", ({ data }) => listener.onFrame(data as string | Uint8Array));
  // Bun has this event; the declarations of the browser's face do not.
  const events: EventTarget = bunSocket;
  events.addEventListener("ping", (event) => {
    const { data } = event as MessageEvent<Uint8Array>;
    listener.onPing(new Uint8Array(data));
  });
}

function socketOf(bunSocket: BunSocket): Socket {
  const isOpen = (): boolean => bunSocket.readyState === bunSocket.OPEN;
  return {
    send(frame) {
      if (isOpen()) bunSocket.send(frame as string | Uint8Array<ArrayBuffer>);
    },
    ping(data) {
      if (isOpen()) bunSocket.ping(data as Uint8Array<ArrayBuffer>);
    },
    close(code, reason) {
      if (!isOpen()) return;
      // The answer to our good-bye would wait behind the pause.
      bunSocket.resume();
      bunSocket.close(...sayableClose(code, reason));
    },
    terminate: () => bunSocket.terminate(),
    pause: () => void bunSocket.pause(),
    resume: () => void bunSocket.resume(),
    bufferedBytes: () => bunSocket.bufferedAmount,
  };
}
