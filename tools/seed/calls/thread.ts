// A thread is what one person, or one program, asks in a row: a single call, or a conversation with pauses.
import type { Dice } from "../dice.ts";
import { countTokens } from "../vendors/answer.ts";
import type { Message, PlannedCall } from "./request.ts";

export interface ThreadCall extends PlannedCall {
  /** After the call before it, or the thread's beginning. */
  pauseMs: number;
}

export interface Conversation {
  base: Pick<PlannedCall, "key" | "model"> & Partial<PlannedCall>;
  dice: Dice;
  system?: string;
  turns: readonly (readonly [string, string])[];
  /** Who talks, where somebody is named. */
  user?: string;
  session?: string;
}

/** Each turn carries all that was said before it, as chats do. */
export function callsOfConversation({ base, dice, system, turns, user, session }: Conversation): ThreadCall[] {
  const said: Message[] = system === undefined ? [] : [{ role: "system", content: system }];
  const headers = {
    ...base.headers,
    ...(user !== undefined && { "x-binnacle-user": user }),
    ...(session !== undefined && { "x-binnacle-session": session }),
  };
  let kept = 0;
  return turns.map(([asked, answered], turn) => {
    const messages: Message[] = [...said, { role: "user", content: asked }];
    const inputTokens = countTokens(JSON.stringify(messages));
    const cachedTokens = turn > 0 && kept > 64 ? kept : 0;
    kept = inputTokens;
    said.push({ role: "user", content: asked }, { role: "assistant", content: answered });
    return {
      ...base,
      headers,
      messages,
      answer: { text: answered, inputTokens, cachedTokens, ...base.answer },
      pauseMs: turn === 0 ? 0 : dice.between(8000, 110_000),
    };
  });
}
