// One conversation: its exchanges so far, those on record included, and the next one. All its calls carry the same session.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { useAnswers } from "../../../page/asking/use-answers.ts";
import { newId } from "../../../page/new-id.ts";
import { useServices } from "../../../page/services.ts";
import { historyKey, sessionPrefix } from "../history/history.tsx";
import { limitsKey } from "../limits/limits.tsx";
import { type Exchange, exchangesFrom, messagesFor } from "./exchange.ts";

/** Long enough for an explanation, and what a budget can hold for. */
const answerTokensMax = 2000;
/** What a call spent is in the books of all processes within a second. */
const bookedAfterMs = 1500;

interface ConversationOptions {
  /** Of the address; undefined before the first question. */
  open: string | undefined;
  model: string;
  onBegin: (conversation: string) => void;
}

export function useConversation({ open, model, onBegin }: ConversationOptions) {
  const answers = useAnswers();
  const queries = useQueryClient();
  const [begun, setBegun] = useState<{ id: string; exchanges: readonly Exchange[] }>({ id: "", exchanges: [] });
  const recorded = useRecorded(open, open !== undefined && begun.id !== open);
  // What was asked on this page, or what is on record of the conversation that was opened.
  const exchanges = open === undefined ? [] : begun.id === open ? begun.exchanges : (recorded.data ?? []);
  const { ask, forget, of } = answers;
  const send = useCallback(
    async (question: string): Promise<void> => {
      const id = open ?? `${sessionPrefix}${newId()}`;
      const exchange: Exchange = { id: newId(), asked: question, recorded: null };
      const messages = messagesFor(exchanges, of, question);
      setBegun({ id, exchanges: [...exchanges, exchange] });
      if (open === undefined) onBegin(id);
      await ask(exchange.id, { request: { model, messages, max_tokens: answerTokensMax }, session: id });
      setTimeout(() => void queries.invalidateQueries({ queryKey: limitsKey }), bookedAfterMs);
      await queries.invalidateQueries({ queryKey: historyKey });
    },
    [ask, of, exchanges, model, onBegin, open, queries],
  );
  const leave = useCallback(() => {
    forget();
    setBegun({ id: "", exchanges: [] });
  }, [forget]);
  return { exchanges, answerOf: of, send, stop: answers.stop, leave, isRunning: answers.isRunning, recorded };
}

/** What is on record of a conversation: its last call holds what was said before. */
function useRecorded(conversation: string | undefined, enabled: boolean) {
  const { api } = useServices();
  return useQuery({
    queryKey: ["chat", "recorded", conversation],
    queryFn: async ({ signal }): Promise<Exchange[]> => {
      const { turns } = await api.client.sessions.get({ id: conversation ?? "" }, { signal });
      const calls = turns.flatMap((turn) => turn.calls).filter(({ outcome }) => outcome !== "refused");
      const last = calls.at(-1);
      return last === undefined ? [] : exchangesFrom(await api.client.calls.get({ id: last.id }, { signal }));
    },
    enabled,
    gcTime: 0,
    retry: false,
  });
}
