// For tests of this folder: sockets that are looked at, and records that are kept in a list.
import { createWorld, type Frame, type Socket, type World } from "../../kernel/index.ts";
import type { CallRecord } from "../../ledger/contract.ts";
import type { BodyInput, CallStart, Ledger } from "../../ledger/index.ts";
import type { Target } from "../../providers/index.ts";
import type { ConnectionRecords } from "./open-records.ts";
import { createConnectionRecords } from "./open-records.ts";
import type { IncomingConnection } from "./incoming-connection.ts";
import { plainKey } from "../../governance/index.ts";

export interface FakeSocket extends Socket {
  frames: Frame[];
  pings: string[];
  closes: [code: number, reason: string][];
  isPaused: boolean;
  waitingBytes: number;
}

export function fakeSocket(): FakeSocket {
  const socket: FakeSocket = {
    frames: [],
    pings: [],
    closes: [],
    isPaused: false,
    waitingBytes: 0,
    send: (frame) => void socket.frames.push(frame),
    ping: (data) => void socket.pings.push(Buffer.from(data).toString()),
    close: (code, reason) => void socket.closes.push([code, reason]),
    terminate: () => undefined,
    pause: () => void (socket.isPaused = true),
    resume: () => void (socket.isPaused = false),
    bufferedBytes: () => socket.waitingBytes,
  };
  return socket;
}

export interface KeptRecord {
  start: CallStart;
  record: CallRecord;
  response: BodyInput | undefined;
}

/** As many closes throw as `fail.times` says. */
export function fakeRecords(world: World = createWorld()) {
  const closed: KeptRecord[] = [];
  const fail = { times: 0 };
  const ledger = {
    open(start: CallStart) {
      const record = {
        attempts: [],
        timings: { total_ms: 0, overhead_ms: 0, first_token_ms: null, per_output_token_ms: null },
        tokens: { input: 0, output: 0, cache_read: 0, cache_write: 0, reasoning: 0, source: "unknown" },
        cost: { usd_micros: null, price_version: null },
        outcome: "failed",
      } as unknown as CallRecord; // As much of one as this folder reads.
      return {
        id: `call-${closed.length}`,
        record,
        close(response?: BodyInput) {
          if (fail.times > 0) {
            fail.times -= 1;
            throw new Error("the disk is full");
          }
          closed.push({ start, record, response });
        },
      };
    },
  } as unknown as Ledger; // Nothing else of it is used here.
  const records: ConnectionRecords = createConnectionRecords(incoming, { ledger, world });
  return { records, closed, fail };
}

const incoming: IncomingConnection = {
  principal: {
    ...plainKey(["call"]),
    keyId: "key",
    keyName: "a key",
    scopes: ["call"],
    user: null,
    team: null,
    project: null,
  },
  model: "talk",
  headers: {},
  startedMs: 0,
  trace: { traceId: undefined, parentSpanId: undefined, session: null, user: null, tags: [] },
};

export const target = { id: "acme/talker", vendor: { name: "acme" }, model: "talker" } as Target;
