// Bun's server on loopback at the other end.
import { afterEach, describe, expect, test } from "bun:test";
import type { Frame, SocketListener } from "../kernel/index.ts";
import { createOpenSocket } from "./index.ts";

/** Longer than a server on loopback takes on any machine. */
const PATIENCE_MS = 60_000;
const cleanUps: (() => void)[] = [];
afterEach(() => cleanUps.splice(0).forEach((cleanUp) => cleanUp()));

function serve(handlers: Partial<Bun.WebSocketHandler<Headers>>) {
  const server = Bun.serve<Headers>({
    port: 0,
    hostname: "127.0.0.1",
    fetch(request, self) {
      if (new URL(request.url).pathname === "/closed") return new Response("no", { status: 403 });
      return self.upgrade(request, { data: request.headers }) ? undefined : new Response("no", { status: 426 });
    },
    websocket: { message() {}, ...handlers },
  });
  cleanUps.push(() => void server.stop(true));
  return `ws://127.0.0.1:${server.port}/`;
}

/** Keeps what it is told, and waits for something of it. */
function listen() {
  const told: unknown[] = [];
  let wake = (): void => undefined;
  const tell = (what: unknown): void => {
    told.push(what);
    wake();
  };
  const listener: SocketListener = {
    onFrame: (frame: Frame) => tell(frame),
    onPing: (data) => tell({ ping: Buffer.from(data).toString() }),
    onClose: (code, reason) => tell({ code, reason }),
  };
  const until = async (count: number): Promise<unknown[]> => {
    while (told.length < count) await new Promise<void>((resolve) => (wake = resolve));
    return told;
  };
  return { listener, until };
}

async function open(url: string, { listener }: { listener: SocketListener }) {
  const request = { headers: { authorization: "Bearer x" }, protocols: ["realtime"], listener, timeoutMs: PATIENCE_MS };
  const opened = await createOpenSocket()(url, request);
  if (!opened.ok) throw new Error(opened.detail);
  return opened.socket;
}

describe("a WebSocket to another server", () => {
  test("carries text, bytes, pings and the close, and shows its headers", async () => {
    const url = serve({
      open: (ws) => void ws.send(ws.data.get("authorization") ?? ""),
      message(ws, frame) {
        ws.send(frame);
        if (typeof frame === "string") return;
        ws.ping("hello");
        ws.close(4001, "done");
      },
    });
    const heard = listen();
    const socket = await open(url, heard);
    socket.send("text");
    socket.send(Uint8Array.of(1, 2, 3));
    expect(await heard.until(5)).toEqual([
      "Bearer x",
      "text",
      Uint8Array.of(1, 2, 3),
      { ping: "hello" },
      { code: 4001, reason: "done" },
    ]);
    socket.send("too late");
    socket.close(1000, "");
  });

  test("says good-bye with a code that may be said", async () => {
    const closed = Promise.withResolvers<unknown>();
    const url = serve({ close: (_, code, reason) => closed.resolve({ code, reason }) });
    const socket = await open(url, listen());
    socket.pause();
    socket.close(1006, "é".repeat(200));
    expect(await closed.promise).toEqual({ code: 1001, reason: "é".repeat(61) });
  });

  test("is refused with the status, or because nobody is there", async () => {
    const { listener } = listen();
    const request = { headers: {}, protocols: [], listener, timeoutMs: PATIENCE_MS };
    expect(await createOpenSocket()(`${serve({})}closed`, request)).toMatchObject({ ok: false, status: 403 });
    expect(await createOpenSocket()("ws://127.0.0.1:1/", request)).toMatchObject({ ok: false, status: null });
  });

  test("is given up when the other end does not answer in time", async () => {
    const silent = Bun.listen({ port: 0, hostname: "127.0.0.1", socket: { data() {} } });
    cleanUps.push(() => silent.stop(true));
    const { listener } = listen();
    const request = { headers: {}, protocols: [], listener, timeoutMs: 50 };
    const opened = await createOpenSocket()(`ws://127.0.0.1:${silent.port}/`, request);
    expect(opened).toEqual({ ok: false, status: null, detail: "it did not answer within 50 ms" });
  });
});
