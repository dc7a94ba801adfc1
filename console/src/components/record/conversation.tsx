// What was said, as text and never as markup. Long messages open on request.
import type { CallDetail } from "../../../../src/ledger/contract.ts";
import { LongText } from "./long-text.tsx";

type Message = CallDetail["messages"][number];

/** More are a click away; a page that draws a thousand messages at once is no help. */
const firstShown = 50;

export function Conversation({ messages }: { messages: readonly Message[] }) {
  if (messages.length === 0) return <p className="text-soft">The bodies do not say, or none is kept.</p>;
  const hidden = Math.max(0, messages.length - firstShown);
  return (
    <ol className="grid gap-3">
      {hidden > 0 && <li className="text-soft">{`${hidden} earlier messages are in the request's body below.`}</li>}
      {messages.slice(hidden).map((message, index) => (
        <li key={index} className="grid gap-x-3 sm:grid-cols-[4.75rem_minmax(0,1fr)]">
          <p className={message.role === "assistant" ? "font-semibold" : "text-soft"}>
            <bdi>{message.role}</bdi>
          </p>
          <div className="min-w-0 text-read">
            {message.text !== "" && <LongText text={message.text} />}
            {message.tool_calls.map((call, position) => (
              <ToolCall key={position} name={call.name} text={call.arguments} />
            ))}
            {message.text === "" && message.tool_calls.length === 0 && <p className="text-soft">nothing</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}

function ToolCall({ name, text }: { name: string; text: string }) {
  return (
    <div className="my-1 rounded-md bg-paper px-3 py-1.5">
      <p className="text-body text-soft">
        calls <bdi className="font-semibold text-ink">{name}</bdi>
      </p>
      <div className="font-mono text-fine leading-5">
        <LongText text={indentJson(text)} />
      </div>
    </div>
  );
}

/** Arguments need not be JSON: a model wrote them. */
export function indentJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
