// A worker's side: it says that it is ready, answers what it is asked, and asks the others through the first process.
import type { Channel } from "./channel.ts";
import { createDesk } from "./desk.ts";
import { type Aide, noAide, type Peers } from "./peers.ts";
import type { Place } from "./place.ts";

/** Longer than the first process waits for each of the others. */
const ANSWER_TIMEOUT_MS = 1500;

/** The first process waits for the aide as long, and its answer has a way to go. */
const AIDE_TIMEOUT_MS = 31_000;

export function createMember(
  { number, count, role, tlsPort }: Pick<Place, "number" | "count" | "role" | "tlsPort">,
  channel: Channel,
): Peers {
  const desk = createDesk(number);
  let hasAide = false;
  channel.onMessage((message) => {
    if (message.kind === "answer") desk.settle(message.id, message.answers);
    if (message.kind === "aide") hasAide = message.isReady;
    if (message.kind !== "question") return;
    const { id, topic, input } = message;
    void desk.reply(topic, input).then((answers) => channel.send({ kind: "answer", id, answers }));
  });
  const aide: Aide = {
    want: () => channel.send({ kind: "aide-wanted" }),
    isReady: () => hasAide,
    async ask(topic, input) {
      if (!hasAide) return undefined;
      const answers = await desk.put(
        (id) => channel.send({ kind: "question-to-aide", id, topic, input }),
        AIDE_TIMEOUT_MS,
      );
      return answers[0]?.value;
    },
  };
  return {
    number,
    role,
    count,
    tlsPort,
    aide: role === "aide" ? noAide : aide,
    start: () => Promise.resolve(channel.send({ kind: "ready" })),
    ask: (topic, input = null) =>
      desk.put((id) => channel.send({ kind: "question-to-all", id, topic, input }), ANSWER_TIMEOUT_MS),
    answer: desk.answer,
    states: () => null,
    close: () => Promise.resolve(),
  };
}
