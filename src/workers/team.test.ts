import { expect, test } from "bun:test";
import pino from "pino";
import type { Message } from "./channel.ts";
import type { RunningWorker, SpawnWorker } from "./spawn-worker.ts";
import { createTeam } from "./team.ts";
import { until } from "../../test/support/until.ts";

interface Fake extends RunningWorker {
  number: number;
  sent: Message[];
  signals: string[];
  say(message: Message): void;
  end(): void;
}

/** Workers that do nothing but what a test has them do. */
function createFakes() {
  const started: Fake[] = [];
  const spawn: SpawnWorker = ({ number }, hear) => {
    const ended = Promise.withResolvers<void>();
    const sent: Message[] = [];
    const signals: string[] = [];
    const fake: Fake = {
      number,
      pid: 1000 + started.length,
      exited: ended.promise,
      sent,
      signals,
      send: (message) => void sent.push(message),
      kill: (signal) => void signals.push(signal),
      say: hear,
      end: ended.resolve,
    };
    started.push(fake);
    return fake;
  };
  return { started, spawn };
}

const world = { log: pino({ level: "silent" }), monotonicMs: () => 0, random: () => 0 };
const place = { port: 4100, databaseUrl: "postgresql:///x" };

test("is ready when each worker is ready or has failed once, and starts those that end again", async () => {
  const { started, spawn } = createFakes();
  const team = createTeam(3, { spawn, world, stopTimeoutMs: 1000 });
  const starting = team.start(place);
  const [two, three] = started;
  two?.say({ kind: "ready" });
  three?.end();
  await starting;
  expect(team.states()).toMatchObject([
    { number: 1, pid: process.pid, state: "ready" },
    { number: 2, pid: 1000, state: "ready", restarts: 0 },
    { number: 3, pid: null, state: "down", restarts: 0 },
  ]);
  await until(() => started.length === 3);
  started[2]?.say({ kind: "ready" });
  expect(team.states()?.[2]).toEqual({ number: 3, pid: 1002, state: "ready", restarts: 1 });
  for (const fake of started) fake.end();
  await team.close();
});

test("asks workers to end, makes those end that do not, and starts none of them again", async () => {
  const { started, spawn } = createFakes();
  const team = createTeam(3, { spawn, world, stopTimeoutMs: 20 });
  const starting = team.start(place);
  for (const fake of started) fake.say({ kind: "ready" });
  await starting;
  const closing = team.close();
  started[0]?.end();
  await until(() => started[1]?.signals.length === 2);
  started[1]?.end();
  await closing;
  expect(started.map(({ signals }) => signals)).toEqual([["SIGTERM"], ["SIGTERM", "SIGKILL"]]);
  await Bun.sleep(150);
  expect(started).toHaveLength(2);
});

test("passes a worker's question to all others, and leaves out who ends or has no answer", async () => {
  const { started, spawn } = createFakes();
  const team = createTeam(4, { spawn, world, stopTimeoutMs: 1000 });
  const starting = team.start(place);
  for (const fake of started) fake.say({ kind: "ready" });
  await starting;
  const [two, three, four] = started;
  team.answer("name", (input) => `first of ${String(input)}`);
  two?.say({ kind: "question-to-all", id: 7, topic: "name", input: "x" });
  expect(two?.sent).toEqual([]);
  for (const fake of [three, four]) expect(fake?.sent).toMatchObject([{ kind: "question", topic: "name", input: "x" }]);
  for (const fake of [three, four]) {
    const [question] = fake?.sent ?? [];
    if (question?.kind === "question")
      fake?.say({ kind: "answer", id: question.id, answers: fake === four ? [] : [{ number: 3, value: "three" }] });
  }
  await until(() => two?.sent.length === 1);
  expect(two?.sent).toEqual([
    {
      kind: "answer",
      id: 7,
      answers: [
        { number: 3, value: "three" },
        { number: 1, value: "first of x" },
      ],
    },
  ]);
  for (const fake of started) fake.end();
  await team.close();
});
