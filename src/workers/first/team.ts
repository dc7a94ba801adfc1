// The first process's side: it has the lives of the others in its hands.
import type { World } from "../../kernel/index.ts";
import { createDesk } from "../desk.ts";
import type { Meeting, Peers } from "../peers.ts";
import type { Place } from "../place.ts";
import { type AideDesk, createAideDesk } from "./aide-desk.ts";
import { createPassingOn } from "./passing-on.ts";
import type { SpawnWorker } from "./spawn-worker.ts";
import { createWorkerLife, type WorkerLife } from "./worker-life.ts";

export interface TeamDeps {
  spawn: SpawnWorker;
  world: Pick<World, "log" | "monotonicMs" | "random">;
  /** How long a worker may take to end before it is made to. */
  stopTimeoutMs: number;
  /** How long the aide stays while nobody wants it. */
  aideRestMs: number;
}

const FIRST = 1;

/** The first of `count` processes. */
export function createTeam(count: number, { spawn, world, stopTimeoutMs, aideRestMs }: TeamDeps): Peers {
  const desk = createDesk(FIRST);
  const lives: WorkerLife[] = [];
  const passing = createPassingOn({ first: FIRST, desk, lives, aide: () => aide });
  const aide: AideDesk = createAideDesk({
    desk,
    createLife: (meeting) => createLife({ number: count + 1, role: "aide" }, meeting),
    forget: (life) => void lives.splice(lives.indexOf(life), 1),
    tell: (isReady) => lives.forEach((life) => life.send({ kind: "aide", isReady })),
    world,
    restMs: aideRestMs,
  });
  let isClosed = false;

  function createLife({ number, role }: Pick<Place, "number" | "role">, meeting: Meeting): WorkerLife {
    const { port, tlsPort, databaseUrl } = meeting;
    const life: WorkerLife = createWorkerLife({
      place: { port, tlsPort, databaseUrl, number, count, role },
      spawn,
      world,
      hear: (message) => passing.hear(life, message),
      changed() {
        if (role === "aide") aide.changed();
        else if (aide.isReady()) life.send({ kind: "aide", isReady: true });
      },
      stopTimeoutMs,
    });
    lives.push(life);
    return life;
  }

  return {
    number: FIRST,
    role: "worker",
    count,
    tlsPort: null,
    aide,
    async start(meeting) {
      if (isClosed) return;
      const numbers = Array.from({ length: count - 1 }, (_, index) => FIRST + 1 + index);
      const workers = numbers.map((number) => createLife({ number, role: "worker" }, meeting));
      await Promise.all(workers.map((life) => life.start()));
      aide.start(meeting);
    },
    ask: (topic, input = null) => passing.askAllBut(FIRST, topic, input),
    answer: desk.answer,
    states: () => [
      { number: FIRST, role: "worker", pid: process.pid, state: isClosed ? "stopping" : "ready", restarts: 0 },
      ...lives.map((life) => life.state()),
    ],
    async close() {
      isClosed = true;
      aide.close();
      await Promise.all(lives.map((life) => life.close()));
    },
  };
}
