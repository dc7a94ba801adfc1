// All that a call was asked, and its answer: fetched when it is asked for.
import { useQuery } from "@tanstack/react-query";
import type { RecordSummary } from "../../../../../src/ledger/contract.ts";
import type { Api } from "../../../api/open-api.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Loading } from "../../../components/parts/loading.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { type ChatMessage, ChatView } from "../../../components/record/chat-view.tsx";
import { messagesOfBodies } from "../../../components/record/messages-of-bodies.ts";
import { useServices } from "../../../page/services.ts";

export function WholeExchange({ record }: { record: RecordSummary }) {
  const { api } = useServices();
  const asked = useQuery({
    queryKey: ["exchange", record.id],
    queryFn: ({ signal }) => readMessages(api, record, signal),
    staleTime: Infinity,
  });
  if (asked.isPending) return <Loading>Reading the exchange.</Loading>;
  if (asked.isError) return <Notice problem={explainError(asked.error)} />;
  return <ChatView messages={asked.data} />;
}

async function readMessages(
  api: Api,
  { id, own }: RecordSummary,
  signal: AbortSignal,
): Promise<readonly ChatMessage[]> {
  if (own) return (await api.client.calls.get({ id }, { signal })).messages;
  const { request_body: request, response_body: response } = await api.client.records.get({ id }, { signal });
  return messagesOfBodies(request, response);
}
