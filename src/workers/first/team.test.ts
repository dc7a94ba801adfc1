import { describe, expect, test } from "bun:test";
import pino from "pino";
import type { Message } from "../channel.ts";
import type { RunningWorker, SpawnWorker } from "./spawn-worker.ts";
import { createTeam } from "./team.ts";
import { until } from "../../../test/support/until.ts";

interface Fake extends RunningWorker {
  number: number;
  role: string;
  sent: Message[];
  signals: string[];
  say(message: Message): void;
  end(): void;
}

/** Workers that do nothing but what a test has them do. */
function createFakes() {
  const started: Fake[] = [];
  const spawn: SpawnWorker = ({ number, role }, hear) => {
    const ended = Promise.withResolvers<void>();
    const sent: Message[] = [];
    const signals: string[] = [];
    const fake: Fake = {
      number,
      role,
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

const HOUR_MS = 3_600_000;
const world = { log: pino({ level: "silent" }), monotonicMs: () => 0, random: () => 0 };
const place = { port: 4100, tlsPort: null, databaseUrl: "postgresql:///x", aideMayStart: Promise.resolve() };

test("is ready when each worker is ready or has failed once, and starts those that end again", async () => {
  const { started, spawn } = createFakes();
  const team = createTeam(3, { spawn, world, stopTimeoutMs: 1000, aideRestMs: HOUR_MS });
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
  expect(team.states()?.[2]).toEqual({ number: 3, role: "worker", pid: 1002, state: "ready", restarts: 1 });
  for (const fake of started) fake.end();
  await team.close();
});

test("asks workers to end, makes those end that do not, and starts none of them again", async () => {
  const { started, spawn } = createFakes();
  const team = createTeam(3, { spawn, world, stopTimeoutMs: 20, aideRestMs: HOUR_MS });
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
  const team = createTeam(4, { spawn, world, stopTimeoutMs: 1000, aideRestMs: HOUR_MS });
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

describe("an aide", () => {
  const clock = { nowMs: 0 };

  async function startTeam(aideMayStart = Promise.resolve(), aideRestMs = HOUR_MS) {
    const { started, spawn } = createFakes();
    const monotonicMs = () => clock.nowMs;
    const team = createTeam(2, { spawn, world: { ...world, monotonicMs }, stopTimeoutMs: 60_000, aideRestMs });
    const starting = team.start({ ...place, aideMayStart });
    started[0]?.say({ kind: "ready" });
    await starting;
    return {
      team,
      started,
      worker: started[0],
      async end() {
        const closing = team.close();
        for (const fake of started) fake.end();
        await closing;
      },
    };
  }

  test("is started when some worker wants one, once, and not before it may be", async () => {
    const may = Promise.withResolvers<void>();
    const { team, started, worker, end } = await startTeam(may.promise);
    expect(await team.aide.ask("double", 4)).toBeUndefined();
    worker?.say({ kind: "aide-wanted" });
    team.aide.want();
    await Bun.sleep(5);
    expect(started).toHaveLength(1);
    may.resolve();
    await until(() => started.length === 2);
    expect(started[1]).toMatchObject({ number: 3, role: "aide" });
    expect(team.states()?.[2]).toMatchObject({ number: 3, role: "aide", state: "starting" });
    await end();
  });

  test("answers the first and, through it, the workers, who are told that it is there", async () => {
    const { team, started, worker, end } = await startTeam();
    team.aide.want();
    await until(() => started.length === 2);
    const aide = started[1];
    aide?.say({ kind: "ready" });
    expect(worker?.sent).toEqual([{ kind: "aide", isReady: true }]);
    const asked = team.aide.ask("double", 4);
    worker?.say({ kind: "question-to-aide", id: 9, topic: "double", input: 5 });
    for (const question of aide?.sent ?? [])
      if (question.kind === "question")
        aide?.say({
          kind: "answer",
          id: question.id,
          answers: [{ number: 3, value: Number(question.input) * 2 }],
        });
    expect(await asked).toBe(8);
    await until(() => worker?.sent.length === 2);
    expect(worker?.sent[1]).toEqual({ kind: "answer", id: 9, answers: [{ number: 3, value: 10 }] });
    await end();
  });

  test("that ends leaves nobody waiting, and is started again", async () => {
    const { team, started, worker, end } = await startTeam();
    team.aide.want();
    await until(() => started.length === 2);
    started[1]?.say({ kind: "ready" });
    const asked = team.aide.ask("double", 4);
    started[1]?.end();
    expect(await asked).toBeUndefined();
    expect(worker?.sent.at(-1)).toEqual({ kind: "aide", isReady: false });
    expect(await team.aide.ask("double", 4)).toBeUndefined();
    await until(() => started.length === 3);
    expect(started[2]?.role).toBe("aide");
    await end();
  });

  test("ends when nobody has wanted it for long, and is started when somebody wants it again", async () => {
    const { team, started, worker, end } = await startTeam(undefined, 20);
    team.aide.want();
    await until(() => started.length === 2);
    // Its start takes longer than it may rest.
    clock.nowMs += 100;
    started[1]?.say({ kind: "ready" });
    await Bun.sleep(60);
    expect(started[1]?.signals).toEqual([]);
    clock.nowMs += 19;
    worker?.say({ kind: "aide-wanted" });
    clock.nowMs += 19;
    await Bun.sleep(60);
    expect(started[1]?.signals).toEqual([]);
    clock.nowMs += 1;
    await until(() => started[1]?.signals.length === 1);
    expect(team.aide.isReady()).toBe(false);
    expect(worker?.sent.at(-1)).toEqual({ kind: "aide", isReady: false });
    // Wanted while it is on its way out: the next one has its folder once it is gone.
    team.aide.want();
    expect(started).toHaveLength(2);
    started[1]?.end();
    await until(() => started.length === 3);
    expect(team.states()?.filter(({ role }) => role === "aide")).toMatchObject([{ number: 3, state: "starting" }]);
    await end();
  });
});
