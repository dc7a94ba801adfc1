import { describe, expect, test } from "bun:test";
import { createFlight } from "./flight.ts";

const flightOf = (options: { bytesMax?: number; waitingMax?: number } = {}) =>
  createFlight({ callId: "c", bytesMax: 10, waitingMax: 2, ...options });
const bytes = (length: number) => new Uint8Array(length);

describe("a flight", () => {
  test("is joined by no more than may wait", () => {
    const flight = flightOf();
    expect([flight.join(), flight.join(), flight.join()]).toEqual([true, true, false]);
    flight.leave();
    expect(flight.join()).toBe(true);
  });

  test("holds no more than its bound, and is not joined once its beginning is gone", () => {
    const flight = flightOf();
    flight.add(bytes(6));
    expect(flight.whole()?.length).toBe(6);
    flight.add(bytes(6));
    expect(flight.piece(0)).toBe("gone");
    expect(flight.piece(1)?.length).toBe(6);
    expect(flight.piece(2)).toBeUndefined();
    expect(flight.pieces()).toBe(2);
    expect(flight.whole()).toBeUndefined();
    expect(flight.join()).toBe(false);
  });

  test("holds nothing once it is over and nobody waits", () => {
    const flight = flightOf();
    flight.add(bytes(6));
    flight.join();
    flight.fail();
    expect(flight.piece(0)?.length).toBe(6);
    flight.leave();
    expect(flight.piece(0)).toBe("gone");
  });

  test("tells those who wait of every change", async () => {
    const flight = flightOf();
    for (const change of [() => flight.add(bytes(1)), () => flight.fail()]) {
      const changed = flight.changed();
      change();
      await changed;
    }
    expect(flight.hasFailed).toBe(true);
  });

  test("says when the first has joined, also when that was before", () => {
    let joined = 0;
    const flight = flightOf();
    flight.whenJoined(() => (joined += 1));
    flight.join();
    flight.join();
    expect(joined).toBe(1);
    flight.whenJoined(() => (joined += 1));
    expect(joined).toBe(2);
  });
});
