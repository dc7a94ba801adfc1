// A caller of the Realtime API by a bare WebSocket: keeps what comes, and waits for it.
import type { WebSocket as BunSocket } from "bun";

type Event = { type: string; [field: string]: unknown };

export interface RealtimeCaller {
  socket: BunSocket;
  frames: (string | Uint8Array)[];
  closed: Promise<{ code: number; reason: string }>;
  send(what: Event | Uint8Array): void;
  events(): Event[];
  /** The next event of this type that was not waited for before. */
  next(type: string): Promise<Event>;
  nextBytes(): Promise<Uint8Array>;
  pinged(data: string): Promise<void>;
  until(holds: () => boolean): Promise<void>;
}

/** Rejects when it is refused. */
export async function openCaller(url: string, options: Bun.WebSocketOptions): Promise<RealtimeCaller> {
  const caller = createCaller(new WebSocket(url.replace(/^http/, "ws"), options as string[]) as unknown as BunSocket); // Bun's own
  await new Promise<void>((resolve, reject) => {
    caller.socket.addEventListener("open", () => resolve());
    caller.socket.addEventListener("error", ({ message }) => reject(new Error(message)));
  });
  return caller;
}

function createCaller(socket: BunSocket): RealtimeCaller {
  const frames: (string | Uint8Array)[] = [];
  const pings: string[] = [];
  const closed = Promise.withResolvers<{ code: number; reason: string }>();
  let wake = Promise.withResolvers<void>();
  const tell = (): void => {
    wake.resolve();
    wake = Promise.withResolvers<void>();
  };
  socket.binaryType = "nodebuffer";
  socket.addEventListener("message", ({ data }) => {
    frames.push(data as string | Uint8Array);
    tell();
  });
  const pingable: EventTarget = socket;
  pingable.addEventListener("ping", (event) => {
    pings.push(Buffer.from((event as MessageEvent<ArrayBuffer>).data).toString());
    tell();
  });
  socket.addEventListener("close", ({ code, reason }) => closed.resolve({ code, reason }));

  const seen = new Set<number>();
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await wake.promise;
  };
  const events = (): Event[] =>
    frames.filter((frame) => typeof frame === "string").map((frame) => JSON.parse(frame) as Event);
  return {
    socket,
    frames,
    closed: closed.promise,
    events,
    until,
    send: (what) => socket.send(what instanceof Uint8Array ? (what as Uint8Array<ArrayBuffer>) : JSON.stringify(what)),
    async next(type) {
      for (;;) {
        const place = events().findIndex((event, at) => event.type === type && !seen.has(at));
        const found = events()[place];
        if (found) {
          seen.add(place);
          return found;
        }
        await wake.promise;
      }
    },
    async nextBytes() {
      const bytes = (): Uint8Array | undefined => frames.find((frame) => typeof frame !== "string");
      await until(() => bytes() !== undefined);
      return Uint8Array.from(bytes() ?? []);
    },
    pinged: (data) => until(() => pings.includes(data)),
  };
}
