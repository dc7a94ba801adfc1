import { describe, expect, test } from "bun:test";
import { createWorld } from "../../kernel/index.ts";
import { gatewayConfigSchema } from "../config.ts";
import { createWatchkeeper } from "../watchkeeper.ts";
import { fakeSocket } from "./realtime.fixture.ts";
import { createRelay } from "./relay.ts";

function start() {
  const clock = { ms: 0 };
  const world = createWorld({ monotonicMs: () => clock.ms });
  const caller = fakeSocket();
  const vendor = fakeSocket();
  const noted: string[] = [];
  const state = { isExpecting: false, canWrite: true };
  const relay = createRelay({
    caller,
    vendor,
    target: "acme/talker",
    book: {
      fromCaller: () => undefined,
      fromVendor() {
        if (!state.canWrite) throw new Error("the disk is full");
      },
      isExpecting: () => state.isExpecting,
      breakOff: ({ code }) => void noted.push(code),
    },
    config: gatewayConfigSchema.parse({}).realtime,
    limits: { first_token_timeout: 1000, between_tokens_timeout: 1000, total_timeout: 5000 },
    watchkeeper: createWatchkeeper(world),
    checkTools: () => undefined,
    world,
    release: () => void noted.push("released"),
  });
  const { callerListener: fromCaller, vendorListener: fromVendor } = relay;
  /** Lets a round of the watchkeeper go by at this time. */
  const at = async (ms: number): Promise<void> => {
    clock.ms = ms;
    await Bun.sleep(120);
  };
  const errorsSaid = (): unknown[] =>
    caller.frames.map((frame) => (JSON.parse(String(frame)) as { error: { code: string } }).error.code);
  return { caller, vendor, relay, fromCaller, fromVendor, noted, state, at, errorsSaid };
}

describe("a relay", () => {
  test("passes frames and pings both ways as they are", () => {
    const { caller, vendor, fromCaller, fromVendor } = start();
    const bytes = Uint8Array.of(1, 2);
    for (const frame of ["a", bytes]) fromCaller.onFrame(frame);
    for (const frame of [bytes, "b"]) fromVendor.onFrame(frame);
    fromCaller.onPing(Buffer.from("up"));
    fromVendor.onPing(Buffer.from("down"));
    expect([vendor.frames, vendor.pings]).toEqual([["a", bytes], ["up"]]);
    expect([caller.frames, caller.pings]).toEqual([[bytes, "b"], ["down"]]);
    fromCaller.onClose(1000, "");
  });

  test("carries the caller's close over, and ends once", () => {
    const { vendor, caller, fromCaller, fromVendor, noted } = start();
    fromCaller.onClose(4001, "bye");
    fromVendor.onClose(4001, "bye");
    fromVendor.onFrame("late");
    expect([vendor.closes, caller.closes, caller.frames]).toEqual([[[4001, "bye"]], [], []]);
    expect(noted).toEqual(["gateway.caller_gone", "released"]);
  });

  test("does not give out what could not be put on record", () => {
    const { caller, vendor, fromVendor, state, errorsSaid } = start();
    state.canWrite = false;
    fromVendor.onFrame('{"type":"response.done"}');
    expect(errorsSaid()).toEqual(["kernel.internal"]);
    expect([caller.closes, vendor.closes]).toEqual([[[1011, "kernel.internal"]], [[1000, ""]]]);
  });

  test("ends when neither side says anything for too long", async () => {
    const { caller, fromCaller, at, errorsSaid } = start();
    await at(900);
    fromCaller.onFrame("still here");
    await at(1899);
    expect(caller.closes).toEqual([]);
    await at(1900);
    expect([caller.closes, errorsSaid()]).toEqual([
      [[1001, "gateway.silent_connection"]],
      ["gateway.silent_connection"],
    ]);
  });

  test("ends when it has lasted too long in all", async () => {
    const { caller, fromCaller, at } = start();
    for (const ms of [800, 1600, 2400, 3200, 4000, 4800]) {
      await at(ms);
      fromCaller.onFrame("on");
    }
    await at(5000);
    expect(caller.closes).toEqual([[1001, "gateway.total_timeout"]]);
  });

  test("leaves at once when nothing is awaited, and else after that", () => {
    const idle = start();
    idle.relay.leave();
    expect(idle.caller.closes).toEqual([[1012, "gateway.stopping"]]);
    const busy = start();
    busy.state.isExpecting = true;
    busy.relay.leave();
    busy.fromVendor.onFrame("more");
    expect(busy.caller.closes).toEqual([]);
    busy.state.isExpecting = false;
    busy.fromVendor.onFrame("done");
    expect(busy.caller.frames.slice(0, 2)).toEqual(["more", "done"]);
    expect(busy.caller.closes).toEqual([[1012, "gateway.stopping"]]);
  });

  test("says an error before it closes, unless the vendor closed in order with nothing awaited", () => {
    for (const [code, isExpecting, says] of [
      [1000, false, false],
      [1005, false, false],
      [1000, true, true],
      [1006, false, true],
    ] as const) {
      const { caller, fromVendor, state, errorsSaid } = start();
      state.isExpecting = isExpecting;
      fromVendor.onClose(code, "r");
      expect(errorsSaid()).toEqual(says ? ["providers.vendor_cut"] : []);
      expect(caller.closes).toEqual([[code, "r"]]);
    }
  });
});
