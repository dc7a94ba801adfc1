// A conversation as the chat knows it: what was asked, what came of it. What was refused is shown, and not sent again with the next question.
import type { CallDetail } from "../../../../../src/ledger/contract.ts";
import type { ModelAnswer } from "../../../api/model/answer.ts";

export interface Exchange {
  id: string;
  asked: string;
  /** What was answered before this page was opened; null for what is asked on it. */
  recorded: string | null;
}

interface Message {
  role: "user" | "assistant";
  content: string;
}

/** How much of a long conversation goes along with a question: its last messages. */
const MESSAGES_MAX = 60;
const CHARACTERS_MAX = 60_000;

/** What a question is sent with: those exchanges that were answered, the last ones first to stay. */
export function messagesFor(
  exchanges: readonly Exchange[],
  answerOf: (id: string) => ModelAnswer | undefined,
  question: string,
): Message[] {
  const messages: Message[] = [{ role: "user", content: question }];
  let characters = question.length;
  for (const exchange of exchanges.toReversed()) {
    const answered = exchange.recorded ?? answerOf(exchange.id)?.choices[0]?.text ?? "";
    if (answered === "") continue;
    characters += exchange.asked.length + answered.length;
    if (messages.length + 2 > MESSAGES_MAX || characters > CHARACTERS_MAX) break;
    messages.unshift({ role: "user", content: exchange.asked }, { role: "assistant", content: answered });
  }
  return messages;
}

/** The last call of a conversation holds all of it. */
export function exchangesFrom({ id, messages }: Pick<CallDetail, "id" | "messages">): Exchange[] {
  const exchanges: Exchange[] = [];
  for (const { role, text } of messages) {
    const last = exchanges.at(-1);
    if (role === "user") exchanges.push({ id: `${id}-${exchanges.length}`, asked: text, recorded: "" });
    else if (role === "assistant" && last !== undefined) last.recorded = (last.recorded ?? "") + text;
  }
  return exchanges;
}
