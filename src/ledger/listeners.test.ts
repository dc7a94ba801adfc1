import { expect, test } from "bun:test";
import type { CallRecord } from "./contract.ts";
import { worldWithLog } from "./ledger.fixture.ts";
import { createListeners } from "./listeners.ts";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const recordOf = (id: string): CallRecord => ({ id }) as CallRecord;

test("tells every listener, in order, after the call", async () => {
  const listeners = createListeners<CallRecord>(worldWithLog().world.log, "calls");
  const heard: string[] = [];
  listeners.add(({ id }) => heard.push(`a:${id}`));
  const stop = listeners.add(({ id }) => heard.push(`b:${id}`));
  listeners.tell(recordOf("1"));
  listeners.tell(recordOf("2"));
  expect(heard).toEqual([]);
  await turn();
  expect(heard).toEqual(["a:1", "b:1", "a:2", "b:2"]);
  stop();
  listeners.tell(recordOf("3"));
  await turn();
  expect(heard.slice(4)).toEqual(["a:3"]);
});

test("a listener that throws is logged and keeps nobody else from hearing", async () => {
  const { world, lines } = worldWithLog();
  const listeners = createListeners<CallRecord>(world.log, "calls");
  const heard: string[] = [];
  listeners.add(() => {
    throw new Error("a bad listener");
  });
  listeners.add(({ id }) => heard.push(id));
  listeners.tell(recordOf("1"));
  await turn();
  expect(heard).toEqual(["1"]);
  expect(lines.map(({ msg }) => msg)).toEqual(["a listener of calls failed on 1"]);
});

test("a flood in one turn is told as far as the bound goes, and the log says that it was", async () => {
  const { world, lines } = worldWithLog();
  const listeners = createListeners<CallRecord>(world.log, "calls");
  let heard = 0;
  listeners.add(() => (heard += 1));
  for (let count = 0; count < 10_005; count += 1) listeners.tell(recordOf("x"));
  await turn();
  expect(heard).toBe(10_000);
  expect(lines[0]).toMatchObject({ records: 5 });
});
