// The TLS listener over the whole program: machines by client certificate, certificates that must open nothing, headers that
// pretend one, streams, and files that change while it listens.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { copyFileSync } from "node:fs";
import { connect as connectPlain } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import { startTestApp, type TestApp } from "../support/app.ts";
import { type Certificates, createCertificates, hasOpenssl, type Pair } from "../support/tls/certificates.ts";
import { openCaller } from "../support/callers/realtime-caller.ts";
import { until } from "../support/until.ts";
import { type HeldVendor, startHeldVendor } from "../support/vendors/held.ts";
import { type RealtimeVendor, serveRealtime } from "../support/vendors/realtime.ts";

const WORKER = "spiffe://acme.test/ns/prod/sa/worker";
const CALL = { model: "sim/sim-small", messages: [{ role: "user", content: "hi" }] };

const env = { ACME_KEY: "sk-acme" };

let made: Certificates;
let app: TestApp;
let worker: Pair;
let ca: string;
let vendor: RealtimeVendor;
let held: HeldVendor;

const CONFIG = (more: string): string => `
providers:
  vendors:
    acme: { kind: openai-compatible, base_url: "${vendor.url}", api_key: "env:ACME_KEY" }
    held: { kind: openai-compatible, base_url: "${held.url}" }
interfaces:
${more}
identity:
  mtls:
    grants:
      - { when: { uri: "spiffe://acme.test/ns/prod/*" }, roles: [developer], team: core }
      - { when: { cn: "plain" }, roles: [member] }
`;

beforeAll(async () => {
  if (!hasOpenssl) return;
  vendor = serveRealtime();
  held = startHeldVendor();
  made = createCertificates();
  for (const name of ["ca", "other-ca", "server-ca"]) made.authority(name);
  made.leaf("server", { by: "server-ca", alternativeNames: "DNS:localhost,IP:127.0.0.1" });
  worker = made.leaf("worker", { by: "ca", alternativeNames: `URI:${WORKER},DNS:worker.test` });
  ca = await Bun.file(made.path("server-ca.pem")).text();
  app = await startTestApp({
    config: CONFIG(`  certificate_proxies: ["10.9.9.9"]
  tls:
    port: 0
    cert: "${made.path("server.pem")}"
    key: "${made.path("server.key")}"
    client_ca: "${made.path("ca.pem")}"
    reload_interval: 20ms`),
    env,
  });
});
afterAll(async () => {
  await app?.close();
  await vendor?.close();
  await held?.close();
  made?.close();
});

interface Asking {
  pair?: Pair | undefined;
  headers?: Record<string, string>;
  body?: object;
}

function ask(path: string, { pair, headers = {}, body }: Asking = {}): Promise<Response> {
  return fetch(`https://localhost:${app.tlsPort}${path}`, {
    keepalive: false,
    tls: { ca, ...pair },
    headers: { "content-type": "application/json", ...headers },
    ...(body && { method: "POST", body: JSON.stringify(body) }),
  });
}

const statusOf = (asked: Promise<Response>): Promise<number | "no connection"> =>
  asked.then(
    ({ status }) => status,
    () => "no connection" as const,
  );

describe.skipIf(!hasOpenssl)("a client certificate", () => {
  test("opens what its grant says, and its calls are on record under its name", async () => {
    const answer = await ask("/v1/chat/completions", { pair: worker, body: CALL });
    expect(answer.status).toBe(200);
    const call = await app.client.calls.get({ id: answer.headers.get("x-request-id") ?? "" });
    expect(call).toMatchObject({ who: { key_id: `service:mtls/${WORKER}`, team: "core" } });
    expect(await statusOf(ask("/api/v1/calls", { pair: worker }))).toBe(200);
    expect(await statusOf(ask("/api/v1/keys", { pair: worker }))).toBe(403);
  });

  test("by its common name counts where it has no other", async () => {
    const pair = made.leaf("plain", { by: "ca" });
    expect(await statusOf(ask("/v1/chat/completions", { pair, body: CALL }))).toBe(200);
    expect(await statusOf(ask("/api/v1/keys", { pair }))).toBe(403);
  });

  test("stands behind a key that is sent with it", async () => {
    const headers = { authorization: `Bearer ${app.key}` };
    expect(await statusOf(ask("/api/v1/keys", { pair: worker, headers }))).toBe(200);
    expect(await statusOf(ask("/v1/models", { pair: worker, headers: { authorization: "Bearer bk_wrong" } }))).toBe(
      401,
    );
    expect(await statusOf(ask("/v1/models", { headers }))).toBe(200);
    expect(await statusOf(ask("/v1/models"))).toBe(401);
  });

  test.each([
    ["of another authority", () => made.leaf("stranger", { by: "other-ca", alternativeNames: `URI:${WORKER}` })],
    ["that has expired", () => made.leaf("late", { by: "ca", alternativeNames: `URI:${WORKER}`, days: -1 })],
    [
      "of the server's own authority",
      () => made.leaf("cousin", { by: "server-ca", alternativeNames: `URI:${WORKER}` }),
    ],
  ])("%s gets no connection", async (_, pairOf) => {
    expect(await statusOf(ask("/v1/models", { pair: pairOf() }))).toBe("no connection");
  });

  test.each([
    ["that no grant fits", "URI:spiffe://acme.test/ns/staging/sa/worker"],
    ["that names another in a name of its own", `URI:spiffe://evil.test/\\, URI:${WORKER}`],
    ["whose name only begins like ours", "URI:spiffe://acme.test.evil/ns/prod/sa/worker"],
    ["that says a URI as a DNS name", `DNS:${WORKER}`],
  ])("%s opens nothing", async (title, names) => {
    const escaped = names.replaceAll("\\,", ",");
    const alternativeNames = escaped.includes(", ") ? "@names" : names;
    const name = title.replaceAll(/\W/g, "-");
    const section = `@names\n[names]\nURI.1 = ${escaped.slice("URI:".length)}`;
    const pair = made.leaf(name, { by: "ca", alternativeNames: alternativeNames === "@names" ? section : names });
    expect(await statusOf(ask("/v1/models", { pair }))).toBe(403);
  });
});

describe.skipIf(!hasOpenssl)("nothing that is said stands for a certificate", () => {
  const forged = [
    { "x-forwarded-client-cert": `By=x;Hash=y;URI=${WORKER}` },
    { "x-forwarded-client-cert": `URI=${WORKER}`, "x-forwarded-for": "10.9.9.9" },
    { "x-client-cert": WORKER, "ssl-client-verify": "SUCCESS", "x-ssl-client-s-dn": "CN=plain" },
  ];

  test("by a header to the plain listener, or through the TLS one without a certificate", async () => {
    for (const headers of forged) {
      expect((await fetch(`${app.url}/v1/models`, { headers })).status).toBe(401);
      expect(await statusOf(ask("/v1/models", { headers }))).toBe(401);
    }
  });

  test("by a header beside another certificate", async () => {
    const pair = made.leaf("nobody", { by: "ca", alternativeNames: "URI:spiffe://acme.test/ns/dev/sa/x" });
    for (const headers of forged) expect(await statusOf(ask("/v1/models", { pair, headers }))).toBe(403);
  });
});

describe.skipIf(!hasOpenssl)("behind a proxy that verifies certificates", () => {
  test("its header is believed, the last entry of it, and nobody else's", async () => {
    const trusting = await startTestApp({ config: CONFIG(`  certificate_proxies: ["127.0.0.1"]`), env });
    const status = async (header: string): Promise<number> =>
      (await fetch(`${trusting.url}/v1/models`, { headers: { "x-forwarded-client-cert": header } })).status;
    expect(await status(`Hash=aa;Subject="CN=other,O=Acme";URI=${WORKER};DNS=worker.test`)).toBe(200);
    expect(await status(`Subject="CN=plain"`)).toBe(200);
    expect(await status(`URI=${WORKER},URI=spiffe://acme.test/ns/dev/sa/x`)).toBe(403);
    expect(await status(`Subject="CN=other,URI=${WORKER};URI=x"`)).toBe(403);
    expect(await status(`Subject="CN=evil\\"",URI=spiffe://evil.test;Subject="O=x\\",CN=plain"`)).toBe(403);
    expect(await status("nonsense")).toBe(401);
    expect(await status(`URI=${"x".repeat(9000)}`)).toBe(401);
    await trusting.close();
  });
});

describe.skipIf(!hasOpenssl)("through the TLS listener", () => {
  test("a stream comes piece by piece", async () => {
    const messages = [{ role: "user", content: "held after the first piece" }];
    const answer = await ask("/v1/chat/completions", {
      pair: worker,
      body: { model: "held/m", messages, stream: true },
    });
    let text = "";
    const decoder = new TextDecoder();
    for await (const piece of answer.body ?? []) {
      text += decoder.decode(piece, { stream: true });
      // The vendor says no more before the caller has this.
      if (text.includes("answer")) held.letGo();
    }
    expect(text).toEndWith("data: [DONE]\n\n");
  });

  test("a WebSocket stays open, by a certificate alone", async () => {
    const url = `wss://localhost:${app.tlsPort}/v1/realtime?model=acme/talker`;
    const caller = await openCaller(url, { tls: { ca, ...worker } });
    expect((await caller.next("session.created")).type).toBe("session.created");
    caller.socket.close();
    await caller.closed;
    await expect(openCaller(url, { tls: { ca } })).rejects.toThrow("401");
  });

  test("a large body arrives whole, and many requests go over one connection", async () => {
    const long = { ...CALL, messages: [{ role: "user", content: "x".repeat(3_000_000) }] };
    const answer = await ask("/v1/chat/completions", { pair: worker, body: long });
    expect(answer.status).not.toBe(413);
    expect(await answer.text()).not.toBe("");
    const socket = await open();
    for (let request = 0; request < 3; request += 1)
      expect(await exchange(socket, "GET /v1/models HTTP/1.1\r\nhost: x\r\n\r\n")).toStartWith("HTTP/1.1 200");
    socket.destroy();
  });

  test("bytes that are not TLS get nowhere, and the listener goes on", async () => {
    const socket = connectPlain(app.tlsPort ?? 0, "127.0.0.1");
    const isClosed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    socket.on("error", () => undefined);
    socket.write("GET / HTTP/1.1\r\n\r\n");
    await isClosed;
    expect(await statusOf(ask("/healthz"))).toBe(200);
  });

  test("a certificate that is renewed is shown to new connections, and open ones go on; a broken file changes nothing", async () => {
    const before = await open();
    const shown = before.getPeerCertificate().fingerprint256;
    made.leaf("renewed", { by: "server-ca", alternativeNames: "DNS:localhost" });
    copyFileSync(made.path("renewed.key"), made.path("server.key"));
    await Bun.sleep(50);
    expect(await statusOf(ask("/healthz"))).toBe(200);
    copyFileSync(made.path("renewed.pem"), made.path("server.pem"));
    await until(async () => {
      const after = await open();
      const now = after.getPeerCertificate().fingerprint256;
      after.destroy();
      return now !== shown;
    });
    expect(await exchange(before, "GET /v1/models HTTP/1.1\r\nhost: x\r\n\r\n")).toStartWith("HTTP/1.1 200");
    before.destroy();
    expect(await statusOf(ask("/v1/models", { pair: worker }))).toBe(200);
    await Bun.write(made.path("server.pem"), "nonsense");
    await Bun.sleep(100);
    expect(await statusOf(ask("/v1/models", { pair: worker }))).toBe(200);
  });
});

test.skipIf(!hasOpenssl)("files that are not there are told before anything listens", async () => {
  const config = CONFIG(`  tls: { port: 0, cert: "/nowhere/cert.pem", key: "/nowhere/key.pem" }`);
  await expect(startTestApp({ config, env })).rejects.toMatchObject({ code: "interfaces.tls_file" });
});

function open(): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: app.tlsPort ?? 0, host: "127.0.0.1", servername: "localhost", ca, ...worker }, () =>
      resolve(socket),
    );
    socket.once("error", reject);
  });
}

function exchange(socket: TLSSocket, request: string): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const read = (bytes: Buffer): void => {
      text += bytes.toString();
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? Number.NaN);
      if (text.length - text.indexOf("\r\n\r\n") - 4 < length) return;
      socket.off("data", read);
      resolve(text);
    };
    socket.on("data", read);
    socket.write(request);
  });
}
