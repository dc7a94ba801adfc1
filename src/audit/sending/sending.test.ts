import { afterAll, beforeEach, expect, test } from "bun:test";
import { createSocket } from "node:dgram";
import { createServer } from "node:net";
import type { TestDatabase } from "../../../test/support/database.ts";
import { until } from "../../../test/support/until.ts";
import { createTestAudit, entry, makeFolder, startAuditDatabase } from "../audit.fixture.ts";

const databases: TestDatabase[] = [];
let database: TestDatabase;
beforeEach(async () => {
  database = await startAuditDatabase();
  databases.push(database);
});
afterAll(() => Promise.all(databases.map((each) => each.close())));

const sending = { interval: 5, together_max: 4, retry_max: 20 };

function startTcp() {
  let text = "";
  const server = createServer((socket) => socket.on("data", (bytes) => (text += bytes.toString("utf8"))));
  return new Promise<{ port: number; text(): string; close(): void }>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      resolve({ port, text: () => text, close: () => void server.close() });
    });
  });
}

/** As RFC 6587 counts them. */
function messagesIn(text: string): string[] {
  const messages: string[] = [];
  let bytes = Buffer.from(text);
  while (bytes.length > 0) {
    const end = bytes.indexOf(" ");
    const length = Number(bytes.subarray(0, end).toString());
    messages.push(bytes.subarray(end + 1, end + 1 + length).toString());
    bytes = bytes.subarray(end + 1 + length);
  }
  return messages;
}

test("syslog over TCP tells of each entry once and in order, and goes on where another process stopped", async () => {
  const receiver = await startTcp();
  const folder = makeFolder();
  const receivers = [{ kind: "syslog", name: "siem", host: "127.0.0.1", port: receiver.port, transport: "tcp" }];
  const config = { receivers, sending, sequencer: { interval: 5 } };
  for (const round of [0, 1]) {
    const audit = createTestAudit(database, { folder, config });
    await audit.start();
    for (let index = 0; index < 10; index += 1)
      await audit.note(entry({ action: `act.${round * 10 + index}`, details: { say: "ümläut = \\ | \n" } }));
    await until(async () => (await audit.state()).receivers[0]?.sent === round * 10 + 11);
    await audit.close();
  }
  await until(() => receiver.text().includes("act=act.19 "));
  const messages = messagesIn(receiver.text());
  expect(messages).toHaveLength(21);
  expect(messages[1]).toMatch(/^<110>1 2026-11-21T12:00:00\.000Z binnacle binnacle - act\.0 - \uFEFFCEF:0\|Binnacle\|/);
  expect(messages.slice(1).map((message) => /act=(\S+)/.exec(message)?.[1])).toEqual(
    Array.from({ length: 20 }, (_, index) => `act.${index}`),
  );
  receiver.close();
});

test("syslog over UDP sends a datagram an entry", async () => {
  const seen: string[] = [];
  const socket = createSocket("udp4", (bytes) => seen.push(bytes.toString("utf8")));
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  const { port } = socket.address();
  const receivers = [{ kind: "syslog", name: "siem", host: "127.0.0.1", port, transport: "udp", format: "ocsf" }];
  const audit = createTestAudit(database, { config: { receivers, sending, sequencer: { interval: 5 } } });
  await audit.start();
  await audit.note(entry());
  await until(() => seen.length === 2);
  const event = JSON.parse((seen[1] ?? "").split("\uFEFF")[1] ?? "");
  expect(event).toMatchObject({ class_uid: 6003, activity_id: 1, type_uid: 600301, api: { operation: "key.create" } });
  await audit.close();
  socket.close();
});

test("a receiver by HTTP that fails is told again, and shown as failing meanwhile", async () => {
  const bodies: string[] = [];
  let status = 503;
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const text = await request.text();
      if (status === 200) bodies.push(text);
      return new Response(null, { status: request.headers.get("authorization") === "Bearer t0ken" ? status : 401 });
    },
  });
  const folder = makeFolder();
  await Bun.write(`${folder}/token`, "t0ken\n");
  const receivers = [{ kind: "http", name: "lake", url: server.url.href, token: `file:${folder}/token` }];
  const audit = createTestAudit(database, { folder, config: { receivers, sending, sequencer: { interval: 5 } } });
  await audit.start();
  await audit.note(entry());
  await until(async () => (await audit.state()).receivers[0]?.last_error === "it answered with HTTP 503");
  status = 200;
  // Together or one after the other, as they were numbered.
  const events = () => bodies.flatMap((body) => body.trim().split("\n"));
  await until(async () => (await audit.state()).receivers[0]?.last_error === null && events().length === 2);
  const told = events().map((line) => JSON.parse(line) as { api: { operation: string } });
  expect(told.map(({ api }) => api.operation)).toEqual(["audit.origin_begun", "key.create"]);
  await audit.close();
  void server.stop(true);
});
