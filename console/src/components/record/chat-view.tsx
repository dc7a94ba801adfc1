// What was said, turn by turn: as text and never as markup, or formatted on request. Long messages and long conversations open on
// request; pictures are named and never fetched.
import { lazy, Suspense, useState } from "react";
import { formatCount } from "../../format/figures.ts";
import { Button } from "../parts/button.tsx";
import { LongText } from "./long-text.tsx";
import { ToolCall } from "./tool-call.tsx";

const Markdown = lazy(() => import("../answer/markdown.tsx").then((module) => ({ default: module.Markdown })));

export interface ChatMessage {
  role: string;
  text: string;
  tool_calls: readonly { name: string; arguments: string }[];
}

interface ChatViewProps {
  messages: readonly ChatMessage[];
  /** Addresses of pictures that the request names. */
  pictures?: readonly string[];
  /** Markdown is formatted, but for its pictures and its HTML. */
  isFormatted?: boolean;
  /** In place of a conversation without a message. */
  empty?: string;
}

/** More are a click away; a page that draws a thousand messages at once is no help. */
const messagesFirst = 40;
const roleMost = 100;
/** Calls of tools in one message; each further one is two lines of a page. */
const toolsFirst = 20;
/** Longer texts are not formatted: that takes a browser too long. */
const formattedMost = 60_000;

export function ChatView({ messages, pictures = [], isFormatted = false, empty }: ChatViewProps) {
  const [shown, setShown] = useState(messagesFirst);
  if (messages.length === 0) return <p className="text-soft">{empty ?? "The bodies do not say, or none is kept."}</p>;
  const hidden = Math.max(0, messages.length - shown);
  return (
    <div className="grid gap-2">
      {hidden > 0 && (
        <p>
          <Button kind="bare" className="-ml-1" onClick={() => setShown(shown + messagesFirst)}>
            Show {formatCount(Math.min(hidden, messagesFirst))} of {formatCount(hidden)} earlier messages
          </Button>
        </p>
      )}
      <ol aria-label="Conversation" className="grid gap-2">
        {messages.slice(hidden).map((message, index) => (
          <Turn key={hidden + index} message={message} isFormatted={isFormatted} />
        ))}
      </ol>
      <Pictures addresses={pictures} />
    </div>
  );
}

const looks: Record<string, { box: string; role: string }> = {
  user: { box: "bg-shoal", role: "text-ink font-semibold" },
  assistant: { box: "ring-1 ring-line ring-inset", role: "text-ink font-semibold" },
  error: { box: "bg-alarm", role: "text-fail font-semibold" },
};
const otherLook = { box: "bg-paper", role: "text-soft" };

function Turn({ message, isFormatted }: { message: ChatMessage; isFormatted: boolean }) {
  const { role, text, tool_calls: calls } = message;
  const look = looks[role] ?? otherLook;
  const isResult = role === "tool" || role === "function";
  return (
    <li className={`min-w-0 rounded-md px-3 py-2 ${look.box} ${role === "user" ? "sm:ml-8" : "sm:mr-8"}`}>
      <p className={`mb-0.5 text-fine ${look.role}`}>
        <bdi>{isResult ? "result of a tool" : role.slice(0, roleMost)}</bdi>
      </p>
      {text !== "" && (
        <div className={isResult ? "font-mono text-fine leading-5" : "text-read"}>
          {isFormatted && !isResult && text.length <= formattedMost ? (
            <Suspense fallback={<LongText text={text} />}>
              <Markdown text={text} hasLinks={false} />
            </Suspense>
          ) : (
            <LongText text={text} />
          )}
        </div>
      )}
      <ToolCalls calls={calls} />
      {text === "" && calls.length === 0 && <p className="text-soft">nothing</p>}
    </li>
  );
}

function ToolCalls({ calls }: { calls: ChatMessage["tool_calls"] }) {
  const [shown, setShown] = useState(toolsFirst);
  const hidden = Math.max(0, calls.length - shown);
  return (
    <>
      {calls.slice(0, shown).map((call, index) => (
        <ToolCall key={index} name={call.name} text={call.arguments} />
      ))}
      {hidden > 0 && (
        <Button kind="bare" className="-ml-1" onClick={() => setShown(shown + toolsFirst)}>
          Show {formatCount(Math.min(hidden, toolsFirst))} of {formatCount(hidden)} more calls of tools
        </Button>
      )}
    </>
  );
}

function Pictures({ addresses }: { addresses: readonly string[] }) {
  if (addresses.length === 0) return null;
  return (
    <div>
      <p className="text-soft">Pictures that the request names. This page does not fetch them.</p>
      <ul className="font-mono text-fine leading-5">
        {addresses.map((address) => (
          <li key={address}>
            <a
              href={address}
              target="_blank"
              rel="noreferrer noopener"
              className="foreign text-pen underline underline-offset-2"
            >
              {address}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
