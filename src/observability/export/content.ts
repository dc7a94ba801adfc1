// What was asked and answered, in the messages of OpenTelemetry's GenAI conventions: only where the config says that it is sent.
import type { CallRecord } from "../../ledger/contract.ts";
import type { Ledger } from "../../ledger/index.ts";
import { type DialectName, readConversation, showBody } from "../../providers/index.ts";
import type { SpanContent } from "./call-spans.ts";

const NOTHING: SpanContent = { input: null, output: null };

/** Never throws: without its bodies a call is sent as it is. */
export async function readContent(
  ledger: Pick<Ledger, "readBodies">,
  record: CallRecord,
  bytesMax: number,
): Promise<SpanContent> {
  if (record.operation !== "chat") return NOTHING;
  const bodies = await ledger.readBodies(record.id).catch(() => undefined);
  const { request: requestRef, response: responseRef } = record.bodies;
  if (!bodies?.request || !requestRef) return NOTHING;
  const messages = readConversation({
    dialect: record.dialect as DialectName,
    model: record.model,
    stream: record.stream,
    request: showBody(bodies.request, requestRef.media_type),
    response: bodies.response ?? undefined,
    mediaType: responseRef?.media_type,
  });
  const shown = messages.map(({ role, text, tool_calls }) => ({
    role,
    parts: [
      ...(text === "" ? [] : [{ type: "text", content: text }]),
      ...tool_calls.map((call) => ({ type: "tool_call", name: call.name, arguments: call.arguments })),
    ],
  }));
  const hasAnswer = record.answer !== null && shown.at(-1)?.role === "assistant";
  const bounded = (part: typeof shown): string | null => {
    const json = JSON.stringify(part);
    return part.length === 0 || json.length > bytesMax ? null : json;
  };
  return { input: bounded(hasAnswer ? shown.slice(0, -1) : shown), output: bounded(hasAnswer ? shown.slice(-1) : []) };
}
