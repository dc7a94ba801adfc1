// What was said, what it came to in tokens and money, and who asked.
import { useMemo, useState } from "react";
import type { CallDetail } from "../../../../../src/ledger/contract.ts";
import { Field, FieldList } from "../../../components/parts/field-list.tsx";
import { Section } from "../../../components/parts/section.tsx";
import { ChatView } from "../../../components/record/chat-view.tsx";
import { formatBytes } from "../../../format/figures.ts";
import { findPictures } from "../../../components/record/find-pictures.ts";
import { PartsOfCost } from "../../../components/record/parts-of-cost.tsx";
import { ScoresSection } from "../../../components/scores/scores-section.tsx";
import { Segmented } from "../../../components/parts/segmented.tsx";

const ways = [
  { value: "text", label: "Text" },
  { value: "formatted", label: "Formatted" },
] as const;

export function ConversationView({ call }: { call: CallDetail }) {
  const [way, setWay] = useState<"text" | "formatted">("text");
  const request = call.request_body;
  const pictures = useMemo(() => (request === null ? [] : findPictures(request.text)), [request]);
  return (
    <>
      <Section
        title="Conversation"
        aside={
          call.messages.length > 0 && <Segmented label="Messages as" options={ways} value={way} onChange={setWay} />
        }
      >
        <CutBodies call={call} />
        <ChatView
          messages={call.messages}
          pictures={pictures}
          isFormatted={way === "formatted"}
          empty={describeSilence(call)}
        />
      </Section>
      <ScoresSection recordId={call.id} />
      <Section title="Tokens and cost">
        <PartsOfCost tokens={call.tokens} cost={call.cost} />
      </Section>
      <Who call={call} />
    </>
  );
}

/** What is not kept whole is said where it is read. */
function CutBodies({ call: { bodies } }: { call: CallDetail }) {
  const cut = (["request", "response"] as const).flatMap((of) => {
    const body = bodies[of];
    return body !== null && body.hash !== "" && body.stored_bytes < body.size_bytes ? [{ of, body }] : [];
  });
  return cut.map(({ of, body }) => (
    <p key={of} className="mb-2 text-soft">
      {`The ${of === "request" ? "request" : "answer"} is longer than what is kept of one: the first ` +
        `${formatBytes(body.stored_bytes)} of ${formatBytes(body.size_bytes)}.`}
    </p>
  ));
}

function describeSilence({ operation, request_body: request }: CallDetail): string {
  if (request === null) return "No body is kept for this call: retention, or the settings of its key, say so.";
  if (operation === "chat") return "Its bodies do not say what was said. They are under Raw.";
  return `A call of the kind ${operation.replaceAll("_", " ")} has no conversation. What was sent and answered is under Raw.`;
}

function Who({ call: { who, session, trace_id: trace } }: { call: CallDetail }) {
  return (
    <Section title="Who and where">
      <FieldList>
        <Field name="Key">
          {who.key_name} <span className="font-mono text-fine text-soft">{who.key_id}</span>
        </Field>
        <Field name="User">{who.user && <RecordLink page="users" id={who.user} />}</Field>
        <Field name="Team">{who.team}</Field>
        <Field name="Project">{who.project}</Field>
        <Field name="Tags">{who.tags.join(", ")}</Field>
        <Field name="Session">{session && <RecordLink page="sessions" id={session} />}</Field>
        <Field name="Trace">
          <RecordLink page="traces" id={trace} isCode />
        </Field>
      </FieldList>
    </Section>
  );
}

interface RecordLinkProps {
  page: "users" | "sessions" | "traces";
  id: string;
  isCode?: boolean;
}

function RecordLink({ page, id, isCode = false }: RecordLinkProps) {
  return (
    <a
      href={`#/${page}/${encodeURIComponent(id)}`}
      className={`text-pen underline underline-offset-2 ${isCode ? "font-mono text-fine" : ""}`}
    >
      {id}
    </a>
  );
}
