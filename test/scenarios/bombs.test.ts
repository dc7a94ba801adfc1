// What is small to send and large to hold, at every place that unpacks something, and heads without end. That bodies are no deeper than
// anybody needs, and packed ones refused where they come in over HTTP, stands in hostile-bytes.test.ts.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { Client, credentials } from "@grpc/grpc-js";
import { parquetMetadataAsync } from "hyparquet";
import { startTestApp, type TestApp } from "../support/app.ts";
import { until } from "../support/until.ts";

const MIB = 1024 * 1024;

let app: TestApp;
let vendor: ReturnType<typeof serveBombs>;

/** Whoever asks gets far more than was sent: as an answer in one piece, or as an event of a stream that does not end. */
function serveBombs() {
  const long = Buffer.alloc(200 * MIB, "a");
  const whole = gzipSync(Buffer.concat([Buffer.from('{"id":"'), long, Buffer.from('"}')]));
  const event = gzipSync(Buffer.concat([Buffer.from('data: {"id":"'), long, Buffer.from('"}\n\n')]));
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const { stream } = (await request.json()) as { stream?: boolean };
      const headers = { "content-encoding": "gzip", "content-type": stream ? "text/event-stream" : "application/json" };
      return new Response(stream ? event : whole, { headers });
    },
  });
  return { url: `${server.url.href}v1`, close: () => server.stop(true) };
}

beforeAll(async () => {
  vendor = serveBombs();
  app = await startTestApp({
    config: `
interfaces: { otlp_grpc_port: 0 }
providers: { vendors: { v: { kind: openai-compatible, base_url: "${vendor.url}" } } }
gateway: { attempts_max: 1, health: { when_all_rest: try }, answer_bytes_max: 4MiB, routes: { bomb: { targets: [v/m] } } }
`,
  });
});
afterAll(async () => {
  await app?.close();
  await vendor?.close();
});

const ask = (more: object = {}, model = "bomb") =>
  app.chat({ model, messages: [{ role: "user", content: "hi" }], ...more });
const isWell = async () => (await ask({}, "sim/sim-small")).status === 200;

/** What the work takes at its peak beyond what was there before. */
async function growthOf(work: () => Promise<void>): Promise<number> {
  Bun.gc(true);
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 5);
  await work();
  clearInterval(timer);
  return most - before;
}

describe("an answer of a vendor that unpacks to fifty times its bound", () => {
  test("is given up, whole or streamed, long before it is unpacked", async () => {
    const growth = await growthOf(async () => {
      for (let round = 0; round < 4; round += 1) {
        const whole = await ask();
        expect([whole.status, await whole.text()]).toEqual([502, expect.stringContaining("longer than")]);
        const streamed = await ask({ stream: true });
        expect(await streamed.text()).not.toContain("aaaa");
      }
    });
    // Eight answers of 200 MiB; what the process has besides goes up and down by itself.
    expect(growth).toBeLessThan(800 * MIB);
    expect(await isWell()).toBe(true);
  });
});

describe("telemetry over gRPC that unpacks to a dozen times its bound", () => {
  test("is refused without being held", async () => {
    const client = new Client(`127.0.0.1:${app.grpcPort}`, credentials.createInsecure(), {
      "grpc.default_compression_algorithm": 2,
    });
    const path = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
    const same = (bytes: Buffer): Buffer => bytes;
    const { promise, resolve } = Promise.withResolvers<number | undefined>();
    client.makeUnaryRequest(path, same, same, Buffer.alloc(200 * MIB), (error) => resolve(error?.code));
    // RESOURCE_EXHAUSTED
    expect(await promise).toBe(8);
    client.close();
    expect(await isWell()).toBe(true);
  });
});

describe("a Parquet file", () => {
  const ofRecords = async (): Promise<Uint8Array<ArrayBuffer>> => {
    await ask({}, "sim/sim-small");
    await until(async () => (await app.client.status()).ledger.pending_records === 0);
    const headers = { authorization: `Bearer ${app.key}` };
    return (await fetch(`${app.url}/api/v1/records/export?format=parquet`, { headers })).bytes();
  };
  const importing = async (body: Uint8Array<ArrayBuffer>) => {
    const headers = { authorization: `Bearer ${app.key}` };
    const url = `${app.url}/api/v1/records/import?format=parquet`;
    const response = await fetch(url, { method: "POST", headers, body });
    return [response.status, await response.text()];
  };

  /** A page of it says that it unpacks to a gigabyte: the third and following bytes of its head, as Thrift writes numbers. */
  async function swollen(file: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    const { row_groups } = await parquetMetadataAsync({
      byteLength: file.length,
      slice: (start, end) => Promise.resolve(file.slice(start, end).buffer),
    });
    const column = row_groups[0]?.columns.find(({ meta_data }) => meta_data?.path_in_schema[0] === "record");
    const { dictionary_page_offset: dictionary, data_page_offset: data } = column?.meta_data ?? {};
    const place = Number(dictionary ?? data) + 3;
    const length = file.slice(place).findIndex((byte) => byte < 128) + 1;
    const gigabyte = [128, 128, 128, 128, 8];
    const bomb = Uint8Array.from([...file.slice(0, place), ...gigabyte, ...file.slice(place + length)]);
    // How long it is packed, in the second byte of its number: shorter, so that the page does not end later than it did.
    const packed = place + gigabyte.length + 2;
    // Its next byte, where seven bits of this one are nothing to take from.
    const least = ((bomb[packed] ?? 0) & 127) > 0 ? packed : packed + 1;
    bomb[least] = (bomb[least] ?? 0) - 1;
    return bomb;
  }

  test("with a page that says it unpacks to a gigabyte is refused, and takes no gigabyte", async () => {
    const file = await ofRecords();
    expect((await importing(file))[0]).toBe(200);
    const bomb = await swollen(file);
    const growth = await growthOf(async () => {
      expect(await importing(bomb)).toEqual([400, expect.stringContaining("unpacks to more than")]);
    });
    expect(growth).toBeLessThan(300 * MIB);
  });
});

describe("a head", () => {
  /** What is answered to these bytes, which may be nothing before the connection is cut. */
  function send(pieces: Iterable<string>): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>();
    const { port } = new URL(app.url);
    let told = "";
    const socket = connect(Number(port), "127.0.0.1", () => {
      for (const piece of pieces) if (!socket.write(piece) && socket.destroyed) break;
    });
    socket.on("data", (bytes) => {
      told += bytes.toString();
      if (told.includes("\r\n")) socket.destroy();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(told.split("\r\n")[0] ?? ""));
    return promise;
  }
  const FIRST = "GET /healthz HTTP/1.1\r\nhost: x\r\n";

  test("of ten thousand headers, of one without an end, or with an address of a mebibyte is refused", async () => {
    expect(await send([FIRST, "\r\n"])).toBe("HTTP/1.1 200 OK");
    const many = Array.from({ length: 10_000 }, (_, at) => `x-${at}: y\r\n`);
    for (const pieces of [
      [FIRST, ...many, "\r\n"],
      [
        FIRST,
        "x: ",
        ..."y"
          .repeat(64)
          .split("")
          .map((each) => each.repeat(MIB / 16)),
      ],
      [`GET /${"y".repeat(MIB)} HTTP/1.1\r\nhost: x\r\n\r\n`],
    ])
      expect(await send(pieces)).toMatch(/^(HTTP\/1\.1 4\d\d .*)?$/);
    expect(await isWell()).toBe(true);
  });

  test("that fifty callers never end keeps nobody else out", async () => {
    const { port } = new URL(app.url);
    const sockets = Array.from({ length: 50 }, () => connect(Number(port), "127.0.0.1"));
    for (const socket of sockets) socket.on("error", () => undefined).write(`${FIRST}x-slow: `);
    expect(await isWell()).toBe(true);
    for (const socket of sockets) socket.destroy();
  });
});
