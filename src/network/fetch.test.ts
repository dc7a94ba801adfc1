// Real servers on loopback: Bun's for what is well behaved, bare sockets for what is not.
import { afterEach, describe, expect, test } from "bun:test";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Socket } from "bun";
import { createCancellation, type Fetch } from "../kernel/index.ts";
import { until } from "../../test/support/until.ts";
import { createFetch } from "./index.ts";

const unused = Object.assign(() => Promise.reject(new Error("fetch was not to be used")), { preconnect() {} });
const direct = (): Fetch => createFetch({ other: unused, usesProxy: false });
const manual = { redirect: "manual" } as const;
const cleanUps: (() => void)[] = [];
afterEach(() => cleanUps.splice(0).forEach((cleanUp) => cleanUp()));

function serve(answer: (request: Request) => Response | Promise<Response>, tls?: Bun.TLSOptions) {
  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", idleTimeout: 0, fetch: answer, ...(tls && { tls }) });
  cleanUps.push(() => void server.stop(true));
  return { url: `http://127.0.0.1:${server.port}/`, port: server.port };
}

/** A server that says what it is told to: called with each piece of a request that comes. */
function serveRaw(onData: (socket: Socket, text: string, connection: number) => void) {
  let connections = 0;
  const numbers = new WeakMap<Socket, number>();
  const listener = Bun.listen({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      open: (socket) => void numbers.set(socket, (connections += 1)),
      data: (socket, bytes) => onData(socket, bytes.toString(), numbers.get(socket) ?? 0),
    },
  });
  cleanUps.push(() => listener.stop(true));
  return { url: `http://127.0.0.1:${listener.port}/`, connections: () => connections };
}

const say = (text: string) => serveRaw((socket) => void socket.write(text));
const post = (body: string | Uint8Array<ArrayBuffer>) => ({ method: "POST", body, ...manual });

test("A request arrives as it was sent, and its answer as it was given", async () => {
  const { url } = serve(async (request) =>
    Response.json(
      {
        method: request.method,
        path: new URL(request.url).pathname,
        say: request.headers.get("x-say"),
        body: await request.text(),
      },
      { status: 418, headers: { "x-answer": "yes" } },
    ),
  );
  const answer = await direct()(`${url}a/b?c=d`, { ...post("grüß 🙂"), headers: { "X-Say": "hello" } });
  expect(answer.status).toBe(418);
  expect(answer.headers.get("X-Answer")).toBe("yes");
  expect(answer.headers.get("x-none")).toBeNull();
  expect(JSON.parse(await answer.text())).toEqual({ method: "POST", path: "/a/b", say: "hello", body: "grüß 🙂" });
});

test("Bytes go out as they are, and a body of many megabytes goes and comes whole", async () => {
  const { url } = serve(async (request) => new Response(await request.bytes()));
  const bytes = crypto.getRandomValues(new Uint8Array(65_536));
  const large = Buffer.concat(Array.from({ length: 200 }, () => bytes));
  const fetch = direct();
  for (const body of [large, Buffer.from("é".repeat(2_000_000))]) {
    const parts: Uint8Array[] = [];
    const answer = await fetch(url, post(body));
    for await (const part of answer.body ?? []) parts.push(part);
    expect(Buffer.concat(parts).equals(body)).toBe(true);
    expect(await (await fetch(url, post(body.toString("latin1")))).text()).toBe(body.toString("latin1"));
  }
});

test("One connection serves request after request; requests at once have one each", async () => {
  const raw = serveRaw((socket) => setTimeout(() => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"), 5));
  const fetch = direct();
  for (let at = 0; at < 5; at += 1) expect(await (await fetch(raw.url, manual)).text()).toBe("ok");
  expect(raw.connections()).toBe(1);
  await Promise.all(Array.from({ length: 4 }, async () => (await fetch(raw.url, manual)).text()));
  expect(raw.connections()).toBe(4);
});

test("A stream is given out piece by piece, as it comes", async () => {
  let go = (): void => undefined;
  const { url } = serve(
    () =>
      new Response(
        new ReadableStream<Uint8Array>({
          async pull(controller) {
            controller.enqueue(Buffer.from("one"));
            await new Promise<void>((resolve) => (go = resolve));
            controller.enqueue(Buffer.from("two"));
            controller.close();
          },
        }),
      ),
  );
  const answer = await direct()(url, manual);
  const reader = answer.body?.getReader();
  expect(String((await reader?.read())?.value)).toBe("one");
  go();
  expect(String((await reader?.read())?.value)).toBe("two");
  expect(await reader?.read()).toEqual({ done: true });
});

describe("An answer's end", () => {
  const ends = {
    "a stated length": "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    chunks: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nhe\r\n3\r\nllo\r\n0\r\nx-trailer: 1\r\n\r\n",
    "an interim answer before it":
      "HTTP/1.1 103 Early Hints\r\nlink: a\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    "forty headers": `HTTP/1.1 200 OK\r\n${Array.from({ length: 40 }, (_, at) => `x-${at}: ${at}\r\n`).join("")}Content-Length: 5\r\n\r\nhello`,
  };
  for (const [name, bytes] of Object.entries(ends))
    test(`is known by ${name}, however it is cut into pieces`, async () => {
      for (const size of [1, 7, 1000]) {
        const raw = serveRaw(async (socket) => {
          for (let at = 0; at < bytes.length; at += size) {
            socket.write(bytes.slice(at, at + size));
            socket.flush();
            if (size > 1 || at % 16 === 0) await Bun.sleep(0);
          }
        });
        const fetch = direct();
        for (let time = 0; time < 2; time += 1) {
          const answer = await fetch(raw.url, manual);
          expect([answer.status, await answer.text()]).toEqual([200, "hello"]);
          if (name === "forty headers")
            expect([answer.headers.get("x-0"), answer.headers.get("x-39")]).toEqual(["0", "39"]);
        }
        expect(raw.connections()).toBe(1);
      }
    });

  test("is the end of the connection where nothing else is said; the next request has its own", async () => {
    const raw = serveRaw((socket) => void socket.end("HTTP/1.1 200 OK\r\n\r\nhello"));
    const fetch = direct();
    for (let time = 0; time < 2; time += 1) expect(await (await fetch(raw.url, manual)).text()).toBe("hello");
    expect(raw.connections()).toBe(2);
  });

  test("with `connection: close` ends the connection too", async () => {
    const raw = say("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok");
    const fetch = direct();
    for (let time = 0; time < 2; time += 1) expect(await (await fetch(raw.url, manual)).text()).toBe("ok");
    expect(raw.connections()).toBe(2);
  });

  test("with no body at all is an empty text", async () => {
    expect(await (await direct()(say("HTTP/1.1 204 No Content\r\n\r\n").url, manual)).text()).toBe("");
  });
});

describe("What is wrong with an answer is an error", () => {
  const wrong = {
    "no HTTP": "hello\r\n\r\n",
    "a length that is none": "HTTP/1.1 200 OK\r\ncontent-length: abc\r\n\r\n",
    "two lengths": "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nhello",
    "a head without end": `HTTP/1.1 200 OK\r\nx: ${"y".repeat(200_000)}`,
  };
  for (const [name, bytes] of Object.entries(wrong))
    test(`before its head is whole: ${name}`, async () => {
      expect(direct()(say(bytes).url, manual)).rejects.toThrow(/Parse|Header|overflow/i);
    });

  test("after it: a chunk of no size, and what came before is still given out", async () => {
    const { url } = say("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\nzz\r\n");
    const reader = (await direct()(url, manual)).body?.getReader();
    expect(String((await reader?.read())?.value)).toBe("ok");
    expect(reader?.read()).rejects.toThrow("Parse");
  });

  test("cut off in the middle, by length or by chunk", async () => {
    for (const head of ["content-length: 10\r\n\r\nhello", "transfer-encoding: chunked\r\n\r\n5\r\nhello"]) {
      const { url } = serveRaw((socket) => void socket.end(`HTTP/1.1 200 OK\r\n${head}`));
      const answer = await direct()(url, manual);
      expect(answer.text()).rejects.toThrow();
      const reader = (await direct()(url, manual)).body?.getReader();
      expect(String((await reader?.read())?.value)).toBe("hello");
      expect(reader?.read()).rejects.toThrow();
    }
  });

  test("bytes that nobody asked for close the connection, and reach no other call", async () => {
    const raw = serveRaw((socket, _, connection) => {
      const surplus = connection === 1 ? "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nother" : "";
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok${surplus}`);
    });
    const fetch = direct();
    for (let time = 0; time < 3; time += 1) {
      expect(await (await fetch(raw.url, manual)).text()).toBe("ok");
      await Bun.sleep(5);
    }
    expect(raw.connections()).toBe(2);
  });

  test("no server, or one that hangs up at once", async () => {
    const { url } = serveRaw((socket) => void socket.end());
    expect(direct()(url, post("x"))).rejects.toThrow("closed");
    expect(direct()("http://127.0.0.1:1/", manual)).rejects.toThrow();
    expect(direct()("http://no-such-host.invalid/", manual)).rejects.toThrow();
  });
});

test("A kept connection that the server has closed costs a new one, not the call", async () => {
  const raw = serveRaw((socket, _, connection) => {
    // The first connection answers once; the second request finds it closing.
    if (connection === 1 && raw.connections() === 1 && answered > 0) return void socket.end();
    answered += 1;
    socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
  });
  let answered = 0;
  const fetch = direct();
  for (let time = 0; time < 3; time += 1) expect(await (await fetch(raw.url, post("x"))).text()).toBe("ok");
  expect(raw.connections()).toBe(2);
});

describe("A signal ends a request", () => {
  const reason = new Error("enough");

  test("before it is sent", async () => {
    expect(direct()(say("").url, { ...manual, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test("while it waits for the head, and its connection is closed", async () => {
    const closed = Promise.withResolvers<void>();
    const abort = new AbortController();
    const listener = Bun.listen({
      hostname: "127.0.0.1",
      port: 0,
      socket: { data: () => abort.abort(reason), close: () => closed.resolve() },
    });
    cleanUps.push(() => listener.stop(true));
    expect(direct()(`http://127.0.0.1:${listener.port}/`, { ...manual, signal: abort.signal })).rejects.toBe(reason);
    await closed.promise;
  });

  test("while its body comes; so does cancelling the reader", async () => {
    let open = 0;
    const listener = Bun.listen({
      hostname: "127.0.0.1",
      port: 0,
      socket: {
        open: () => void (open += 1),
        close: () => void (open -= 1),
        data: (socket) => void socket.write("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhello"),
      },
    });
    cleanUps.push(() => listener.stop(true));
    const url = `http://127.0.0.1:${listener.port}/`;
    const abort = new AbortController();
    const reader = (await direct()(url, { ...manual, signal: abort.signal })).body?.getReader();
    expect(String((await reader?.read())?.value)).toBe("hello");
    abort.abort(reason);
    expect(reader?.read()).rejects.toBe(reason);
    await (await direct()(url, manual)).body?.getReader().cancel();
    await until(() => open === 0);
  });

  test("and means nothing once the answer is whole", async () => {
    const raw = say("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
    const fetch = direct();
    const abort = new AbortController();
    const answer = await fetch(raw.url, { ...manual, signal: abort.signal });
    expect(await answer.text()).toBe("ok");
    abort.abort();
    expect(await (await fetch(raw.url, manual)).text()).toBe("ok");
    expect(raw.connections()).toBe(1);
  });
});

test("An answer that nobody reads is not taken in without bound", async () => {
  let sent = 0;
  const piece = Buffer.alloc(256 * 1024);
  const { url } = serve(
    () =>
      new Response(
        new ReadableStream<Uint8Array>({
          async pull(controller) {
            sent += piece.length;
            controller.enqueue(piece);
            if (sent >= 64 * 1024 * 1024) controller.close();
            await Bun.sleep(0);
          },
        }),
      ),
  );
  const answer = await direct()(url, manual);
  let before = -1;
  for (let time = 0; before !== sent && time < 200; time += 1) {
    before = sent;
    await Bun.sleep(50);
  }
  expect(sent).toBeLessThan(48 * 1024 * 1024);
  let received = 0;
  for await (const bytes of answer.body ?? []) received += bytes.length;
  expect(received).toBe(64 * 1024 * 1024);
});

test("What comes compressed all the same is unpacked", async () => {
  const text = "hello ".repeat(1000);
  const packed = { gzip: Bun.gzipSync(text), zstd: new Uint8Array(Bun.zstdCompressSync(text)) };
  const fetch = direct();
  for (const [encoding, bytes] of Object.entries(packed)) {
    const { url } = serve(() => new Response(bytes, { headers: { "content-encoding": encoding } }));
    expect(await (await fetch(url, manual)).text()).toBe(text);
  }
  const { url } = serve(() => new Response("x", { headers: { "content-encoding": "pigeon" } }));
  expect(fetch(url, manual)).rejects.toThrow("pigeon");
});

test("A header cannot smuggle in another", async () => {
  expect(direct()(say("").url, { ...manual, headers: { a: "b\r\nc: d" } })).rejects.toThrow("line break");
});

test("What it does not know goes to fetch: redirects to follow, forms, credentials in the address, proxies", async () => {
  const asked: string[] = [];
  const other = Object.assign(
    (url: string | URL | Request) => {
      asked.push(String(url));
      return Promise.resolve(new Response("fetch"));
    },
    { preconnect() {} },
  );
  const fetch = createFetch({ other: other as typeof globalThis.fetch, usesProxy: false });
  await fetch("http://a.example/", {});
  await fetch("http://b.example/", { ...manual, body: new FormData() });
  await fetch("http://me:secret@c.example/", manual);
  await createFetch({ other: other as typeof globalThis.fetch, usesProxy: true })("http://d.example/", manual);
  expect(asked.map((url) => url.at(-10))).toEqual(["a", "b", "c", "d"].map((_, at) => asked[at]?.at(-10)));
  expect(asked.length).toBe(4);
});

describe("A server that takes a connection and then says nothing, where TLS should begin,", () => {
  const secure = (url: string): string => url.replace("http:", "https:");

  test("is given up after the time that a connection may take", async () => {
    const { url } = serveRaw(() => undefined);
    const asked = direct()(secure(url), { ...manual, connectTimeoutMs: 50 });
    expect(asked).rejects.toThrow("there was no connection after 50 ms");
    await asked.catch(() => undefined);
  });

  test("is left when nobody wants the answer any more", async () => {
    const { url } = serveRaw(() => undefined);
    const cancellation = createCancellation();
    const asked = direct()(secure(url), { ...manual, cancellation });
    setTimeout(() => cancellation.cancel(new Error("the caller left")), 20);
    expect(asked).rejects.toThrow("the caller left");
    await asked.catch(() => undefined);
  });
});

describe("Over TLS", () => {
  const folder = mkdtempSync(join(tmpdir(), "binnacle-tls-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  let hasOpenssl = true;
  try {
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
    execFileSync(
      "openssl",
      ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-days", "2", ...subject],
      { stdio: "ignore" },
    );
  } catch {
    hasOpenssl = false;
  }

  test.skipIf(!hasOpenssl)("a server whose certificate nobody vouches for is not talked to", async () => {
    let requests = 0;
    const answer = () => {
      requests += 1;
      return new Response("secret");
    };
    const { port } = serve(answer, { key: readFileSync(key), cert: readFileSync(cert) });
    expect(direct()(`https://localhost:${port}/`, manual)).rejects.toThrow("self signed");
    await Bun.sleep(20);
    expect(requests).toBe(0);
  });

  test.skipIf(!hasOpenssl)("one whose certificate is vouched for gets the whole request, and answers", async () => {
    const answer = async (request: Request) => new Response(`${(await request.text()).length} bytes`);
    const { port } = serve(answer, { key: readFileSync(key), cert: readFileSync(cert) });
    const child = Bun.spawn(
      [process.execPath, join(import.meta.dir, "fetch-once.fixture.ts"), `https://localhost:${port}/`],
      { env: { ...process.env, NODE_EXTRA_CA_CERTS: cert }, stdout: "pipe", stderr: "inherit" },
    );
    expect(await new Response(child.stdout).text()).toBe("300000 bytes");
    expect(await child.exited).toBe(0);
  });
});
