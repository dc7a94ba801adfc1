// Questions that are under way, and how this process answers those that are put to it. Both ends have one.
import type { Answer, Reply } from "./peers.ts";

export interface Desk {
  answer(topic: string, reply: Reply): void;
  /** What this process says; nothing where it has no answer. */
  reply(topic: string, input: unknown): Promise<Answer[]>;
  /** Sends a question under a new id, and waits for the answers; none when they are not there in time. */
  put(send: (id: number) => void, timeoutMs: number): Promise<Answer[]>;
  settle(id: number, answers: Answer[]): void;
}

/** Beyond this nothing more is asked until answers have come: a process that hangs must not gather questions. */
const UNDER_WAY_MAX = 1000;

export function createDesk(number: number): Desk {
  const replies = new Map<string, Reply>();
  const underWay = new Map<number, (answers: Answer[]) => void>();
  let lastId = 0;

  return {
    answer: (topic, reply) => void replies.set(topic, reply),
    async reply(topic, input) {
      const reply = replies.get(topic);
      if (!reply) return [];
      try {
        return [{ number, value: await reply(input) }];
      } catch {
        return [];
      }
    },
    put(send, timeoutMs) {
      if (underWay.size >= UNDER_WAY_MAX) return Promise.resolve([]);
      lastId += 1;
      const id = lastId;
      return new Promise((resolve) => {
        const timer = setTimeout(() => settle(id, []), timeoutMs);
        underWay.set(id, (answers) => {
          clearTimeout(timer);
          resolve(answers);
        });
        send(id);
      });
    },
    settle,
  };

  function settle(id: number, answers: Answer[]): void {
    const done = underWay.get(id);
    underWay.delete(id);
    done?.(answers);
  }
}
