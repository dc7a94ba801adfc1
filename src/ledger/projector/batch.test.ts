import { expect, test } from "bun:test";
import type { Frame } from "../journal/frame.ts";
import { createPatternReader } from "../patterns/pattern-of.ts";
import { createBatchMaker, dayOf, hashBody } from "./batch.ts";
import { LINE_BEGIN } from "./lines/line-columns.ts";
import { createParameters } from "./parameters.ts";

const noPatterns = createPatternReader({ nowMs: () => 0 });

const DAY_MS = 86_400_000;
const NOON = 1_790_000_000_000 - (1_790_000_000_000 % DAY_MS) + DAY_MS / 2;
const COLUMNS = Buffer.from(`${LINE_BEGIN}x)`);
const RECORD = Buffer.from('{"a":1}');

function frameOf({ request = "" as string | Uint8Array, response = "" }): Frame {
  return {
    request: Buffer.from(request as string),
    response: Buffer.from(response),
    json: Buffer.concat([COLUMNS, Buffer.from("\0"), RECORD]),
    startedAtMs: NOON,
    closedAtMs: NOON,
    bytes: Buffer.alloc(0),
  };
}

interface Parts {
  requests: (Uint8Array | null)[];
  responses?: (Uint8Array | null)[];
  requestHashes?: (Uint8Array | null)[];
  asked?: (string | null)[];
  answered?: (string | null)[];
}

function bytesOf({ requests, ...others }: Parts): Buffer {
  const nothing = requests.map(() => null);
  const parameters = createParameters();
  parameters.putArray(
    "text",
    requests.map(() => COLUMNS),
  );
  parameters.putArray("bytea", requests);
  parameters.putArray("bytea", others.responses ?? nothing);
  parameters.putArray("bytea", others.requestHashes ?? nothing);
  parameters.putArray("bytea", nothing);
  parameters.putArray(
    "json",
    requests.map(() => RECORD),
  );
  for (const texts of [others.asked, others.answered])
    parameters.putArray("text", texts?.map((text) => (text === null ? null : Buffer.from(text))) ?? nothing);
  // The patterns of the requests, and the words.
  parameters.putArray("text", nothing);
  parameters.putArray("text", nothing);
  // The notes of all.
  parameters.putArray("bytea", [null]);
  return parameters.bytes();
}

test("bodies go as they are, with null where none was stored", async () => {
  const batch = await createBatchMaker({ patterns: noPatterns })([
    frameOf({ request: "a" }),
    frameOf({ response: "b" }),
  ]);
  expect(batch.parameters.bytes()).toEqual(
    bytesOf({
      requests: [Buffer.from("a"), null],
      responses: [null, Buffer.from("b")],
      asked: ["a", null],
      answered: [null, "b"],
    }),
  );
  expect(batch.parameters.count()).toBe(11);
});

test("long bodies go compressed and with their hash, where that makes them shorter", async () => {
  const noise = Buffer.from(crypto.getRandomValues(new Uint8Array(5000)));
  const [long, longer] = [Buffer.from("long ".repeat(1000)), Buffer.from("longer ".repeat(100_000))];
  const bodies = [Buffer.from("short"), long, longer, noise];
  const batch = await createBatchMaker({ patterns: noPatterns })(bodies.map((request) => frameOf({ request })));
  const compressed = [long, longer].map((body) => Bun.zstdCompressSync(body, { level: 1 }));
  expect(batch.parameters.bytes()).toEqual(
    bytesOf({
      requests: [Buffer.from("short"), ...compressed, noise],
      requestHashes: [null, hashBody(long), hashBody(longer), null],
      asked: ["short", "long ".repeat(40), "longer ".repeat(29).slice(0, 200), null],
    }),
  );
});

test("a batch holds nothing of the one before", async () => {
  const makeBatch = createBatchMaker({ patterns: noPatterns });
  await makeBatch(Array.from({ length: 100 }, () => frameOf({ request: "x".repeat(2000) })));
  const batch = await makeBatch([frameOf({ request: "a" })]);
  expect(batch.parameters.bytes()).toEqual(bytesOf({ requests: [Buffer.from("a")], asked: ["a"] }));
});

test("a day begins at midnight UTC", () => {
  expect([dayOf(0), dayOf(DAY_MS - 1), dayOf(DAY_MS), dayOf(-1)]).toEqual([0, 0, 1, -1]);
});

test("others have their turn after every few calls, however short those are", async () => {
  let turns = 0;
  let isMaking = true;
  const count = (): void => {
    turns += 1;
    if (isMaking) setImmediate(count);
  };
  setImmediate(count);
  const own = { ...frameOf({}), json: Buffer.concat([Buffer.from("(0,true,x)\0"), RECORD]) };
  await createBatchMaker({ patterns: noPatterns })(Array.from({ length: 40 }, () => own));
  isMaking = false;
  expect(turns).toBeGreaterThanOrEqual(10);
});
