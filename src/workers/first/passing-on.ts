// Questions as the first process passes them on: to all others, or to the aide, and the answers back.
import type { Message } from "../channel.ts";
import type { Desk } from "../desk.ts";
import type { Answer } from "../peers.ts";
import type { AideDesk } from "./aide-desk.ts";
import type { WorkerLife } from "./worker-life.ts";

export interface PassingOn {
  /** Of all that are ready, the first process among them, but for the one who asks. */
  askAllBut(asker: number, topic: string, input: unknown): Promise<Answer[]>;
  /** What one of them says. */
  hear(from: WorkerLife, message: Message): void;
}

export interface PassingOnDeps {
  first: number;
  desk: Desk;
  /** Of all others. */
  lives: readonly WorkerLife[];
  aide: () => AideDesk;
}

const ANSWER_TIMEOUT_MS = 1000;

export function createPassingOn({ first, desk, lives, aide }: PassingOnDeps): PassingOn {
  async function askAllBut(asker: number, topic: string, input: unknown): Promise<Answer[]> {
    const others = lives.filter((life) => life.number !== asker && life.state().state === "ready");
    const asked = others.map(({ send }) =>
      desk.put((id) => send({ kind: "question", id, topic, input }), ANSWER_TIMEOUT_MS),
    );
    if (asker !== first) asked.push(desk.reply(topic, input));
    return (await Promise.all(asked)).flat();
  }

  async function answer(to: WorkerLife, id: number, answers: Promise<Answer[]>): Promise<void> {
    to.send({ kind: "answer", id, answers: await answers });
  }

  return {
    askAllBut,
    hear(from, message) {
      if (message.kind === "answer") desk.settle(message.id, message.answers);
      if (message.kind === "aide-wanted") aide().want();
      if (message.kind === "question-to-aide") void answer(from, message.id, aide().put(message));
      if (message.kind === "question-to-all")
        void answer(from, message.id, askAllBut(from.number, message.topic, message.input));
    },
  };
}
