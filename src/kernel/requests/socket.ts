// A WebSocket, as far as it is used here, whichever end of it we are. What comes is told to a listener; what goes is kept
// until the network takes it, and how much that is can be asked.

/** One message: text, or bytes. */
export type Frame = string | Uint8Array;

export interface Socket {
  /** Does nothing once it is closing. */
  send(frame: Frame): void;
  ping(data: Uint8Array): void;
  /** Says good-bye, after all that was sent. A code that may not be said (1005, 1006, 1015) becomes one that may. */
  close(code: number, reason: string): void;
  /** Ends it without a word. */
  terminate(): void;
  /** Nothing more is read until `resume`; what was read already may still come. */
  pause(): void;
  resume(): void;
  /** Bytes that were sent and have not left this process. */
  bufferedBytes(): number;
}

/** Told one thing after the other. */
export interface SocketListener {
  onFrame(frame: Frame): void;
  /** It has been answered already. */
  onPing(data: Uint8Array): void;
  /** Once, however it ended: 1006 where the other end said nothing. */
  onClose(code: number, reason: string): void;
}

export interface SocketRequest {
  headers: Record<string, string>;
  protocols: string[];
  listener: SocketListener;
  /** How long the other end may take to let us in. */
  timeoutMs: number;
}

/** `status` is that of an HTTP refusal; null where nobody answered. */
export type OpenedSocket = { ok: true; socket: Socket } | { ok: false; status: number | null; detail: string };

/** Opens a WebSocket to another server, at a `ws:` or `wss:` address. Never rejects. */
export type OpenSocket = (url: string, request: SocketRequest) => Promise<OpenedSocket>;

const REASON_BYTES_MAX = 123;

/** A close code and reason that may be sent, for one that was received. */
export function sayableClose(code: number, reason: string): [code: number, reason: string] {
  const isSayable =
    (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || (code >= 3000 && code < 5000);
  // 1005: no code was said, which is a close in order. All else is an end that nobody announced.
  const said = isSayable ? code : code === 1005 ? 1000 : 1001;
  return [said, shorten(reason)];
}

/** To the bytes that fit, never through the middle of a character. */
function shorten(reason: string): string {
  let short = reason.slice(0, REASON_BYTES_MAX);
  while (Buffer.byteLength(short) > REASON_BYTES_MAX) short = short.slice(0, -1);
  return short.isWellFormed() ? short : short.slice(0, -1).toWellFormed();
}
