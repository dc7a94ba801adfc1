// The aide as the first process has it: started when it is wanted and may be, ended when nobody has wanted it for long; and what it is
// asked, which ends with it.
import type { World } from "../../kernel/index.ts";
import type { Message } from "../channel.ts";
import type { Desk } from "../desk.ts";
import type { Aide, Answer, Meeting } from "../peers.ts";
import type { WorkerLife } from "./worker-life.ts";

type Question = Pick<Message & { kind: "question" }, "topic" | "input">;

export interface AideDesk extends Aide {
  /** From now on it is started when it is wanted, or was. */
  start(meeting: Meeting): void;
  /** Its life has changed. */
  changed(): void;
  /** Passes a question on; no answers where there is no aide, or none any more. */
  put(question: Question): Promise<Answer[]>;
  /** It is not started any more; whoever has its life ends it. */
  close(): void;
}

export interface AideDeskDeps {
  desk: Desk;
  createLife(meeting: Meeting): WorkerLife;
  /** That life has been closed. */
  forget(life: WorkerLife): void;
  /** Says to all workers whether it is there. */
  tell(isReady: boolean): void;
  world: Pick<World, "log" | "monotonicMs">;
  /** Not wanted for so long, it ends. */
  restMs: number;
}

/** It works on much at once, and whoever asks has something to do if it does not answer. */
const ANSWER_TIMEOUT_MS = 30_000;

/** Where it may rest for long, it is looked at as often as this. */
const LOOK_MAX_MS = 60_000;

export function createAideDesk(deps: AideDeskDeps): AideDesk {
  const { desk, createLife, tell, world, restMs } = deps;
  let meeting: Meeting | undefined;
  let life: WorkerLife | undefined;
  const questions = createQuestions(desk);
  let isWanted = false;
  let wantedMs = 0;
  let looking: ReturnType<typeof setInterval> | undefined;
  let isClosed = false;

  const isReady = (): boolean => life?.state().state === "ready";

  async function startIfWanted(): Promise<void> {
    await meeting?.aideMayStart;
    if (!isWanted || isClosed || life || !meeting) return;
    life = createLife(meeting);
    looking = setInterval(() => void endIfUnused(), Math.min(restMs, LOOK_MAX_MS));
    await life.start();
    // Its rest begins when it is there, however long that took.
    wantedMs = world.monotonicMs();
  }

  async function endIfUnused(): Promise<void> {
    if (!life || !isReady() || world.monotonicMs() - wantedMs < restMs) return;
    const ending = life;
    clearInterval(looking);
    isWanted = false;
    world.log.info({ pid: ending.state().pid }, "the aide ends, as little telemetry comes");
    const ended = ending.close();
    changed();
    await ended;
    deps.forget(ending);
    life = undefined;
    await startIfWanted();
  }

  function changed(): void {
    if (!isReady()) questions.giveUp();
    tell(isReady());
  }

  const put = (question: Question): Promise<Answer[]> =>
    life && isReady() ? questions.put(life, question) : Promise.resolve([]);

  return {
    start(given) {
      meeting = given;
      void startIfWanted();
    },
    want() {
      wantedMs = world.monotonicMs();
      if (isWanted) return;
      isWanted = true;
      void startIfWanted();
    },
    isReady,
    changed,
    put,
    ask: async (topic, input) => (await put({ topic, input }))[0]?.value,
    close() {
      isClosed = true;
      clearInterval(looking);
    },
  };
}

/** What it was asked and has not answered. */
function createQuestions(desk: Desk) {
  const asked = new Set<number>();
  return {
    async put(life: WorkerLife, { topic, input }: Question): Promise<Answer[]> {
      let own = 0;
      const answers = await desk.put((id) => {
        own = id;
        asked.add(id);
        life.send({ kind: "question", id, topic, input });
      }, ANSWER_TIMEOUT_MS);
      asked.delete(own);
      return answers;
    },
    /** Nobody waits any longer. */
    giveUp(): void {
      for (const id of asked) desk.settle(id, []);
    },
  };
}
