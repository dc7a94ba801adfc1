// A worker's side: it says that it is ready, answers what it is asked, and asks the others through the first process.
import type { Channel } from "./channel.ts";
import { createDesk } from "./desk.ts";
import type { Peers } from "./peers.ts";

/** Longer than the first process waits for each of the others. */
const ANSWER_TIMEOUT_MS = 1500;

export function createMember({ number, count }: { number: number; count: number }, channel: Channel): Peers {
  const desk = createDesk(number);
  channel.onMessage((message) => {
    if (message.kind === "answer") desk.settle(message.id, message.answers);
    if (message.kind !== "question") return;
    const { id, topic, input } = message;
    void desk.reply(topic, input).then((answers) => channel.send({ kind: "answer", id, answers }));
  });
  return {
    number,
    count,
    start: () => Promise.resolve(channel.send({ kind: "ready" })),
    ask: (topic, input = null) =>
      desk.put((id) => channel.send({ kind: "question-to-all", id, topic, input }), ANSWER_TIMEOUT_MS),
    answer: desk.answer,
    states: () => null,
    close: () => Promise.resolve(),
  };
}
