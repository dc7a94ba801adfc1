// The first process's side: it has the lives of the others in its hands, and passes questions on between them.
import type { World } from "../kernel/index.ts";
import type { Message } from "./channel.ts";
import { createDesk } from "./desk.ts";
import type { Answer, Peers } from "./peers.ts";
import type { SpawnWorker } from "./spawn-worker.ts";
import { createWorkerLife, type WorkerLife } from "./worker-life.ts";

export interface TeamDeps {
  spawn: SpawnWorker;
  world: Pick<World, "log" | "monotonicMs" | "random">;
  /** How long a worker may take to end before it is made to. */
  stopTimeoutMs: number;
}

const FIRST = 1;
const ANSWER_TIMEOUT_MS = 1000;

/** The first of `count` processes. */
export function createTeam(count: number, { spawn, world, stopTimeoutMs }: TeamDeps): Peers {
  const desk = createDesk(FIRST);
  let lives: WorkerLife[] = [];
  let isClosed = false;

  async function askAllBut(asker: number, topic: string, input: unknown): Promise<Answer[]> {
    const others = lives.filter((life) => life.number !== asker && life.state().state === "ready");
    const asked = others.map(({ send }) =>
      desk.put((id) => send({ kind: "question", id, topic, input }), ANSWER_TIMEOUT_MS),
    );
    if (asker !== FIRST) asked.push(desk.reply(topic, input));
    return (await Promise.all(asked)).flat();
  }

  function hear(life: WorkerLife, message: Message): void {
    if (message.kind === "answer") desk.settle(message.id, message.answers);
    if (message.kind !== "question-to-all") return;
    const { id, topic, input } = message;
    void askAllBut(life.number, topic, input).then((answers) => life.send({ kind: "answer", id, answers }));
  }

  function createLife(number: number, place: { port: number; databaseUrl: string }): WorkerLife {
    const life: WorkerLife = createWorkerLife({
      place: { ...place, number, count },
      spawn,
      world,
      hear: (message) => hear(life, message),
      stopTimeoutMs,
    });
    return life;
  }

  return {
    number: FIRST,
    count,
    async start(place) {
      if (isClosed) return;
      lives = Array.from({ length: count - 1 }, (_, index) => createLife(index + 2, place));
      await Promise.all(lives.map((life) => life.start()));
    },
    ask: (topic, input = null) => askAllBut(FIRST, topic, input),
    answer: desk.answer,
    states: () => [
      { number: FIRST, pid: process.pid, state: isClosed ? "stopping" : "ready", restarts: 0 },
      ...lives.map((life) => life.state()),
    ],
    async close() {
      isClosed = true;
      await Promise.all(lives.map((life) => life.close()));
    },
  };
}
