// The sections of a record of a trace: what was said, what went wrong, what it is about, and everything as it was reported.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import type { RecordDetail, SpanRecord } from "../../../../../../src/ledger/contract.ts";
import { Field, FieldList } from "../../../../components/parts/field-list.tsx";
import { Section } from "../../../../components/parts/section.tsx";
import { BodyView } from "../../../../components/record/body-view.tsx";
import { ChatView } from "../../../../components/record/chat-view.tsx";
import { JsonView } from "../../../../components/record/json-view.tsx";
import { LongText } from "../../../../components/record/long-text.tsx";
import { isConversation, messagesOfBodies } from "../../../../components/record/messages-of-bodies.ts";
import { ScoresSection } from "../../../../components/scores/scores-section.tsx";
import { formatDuration } from "../../../../format/figures.ts";
import { formatStampWithZone } from "../../../../format/stamps.ts";
import { useServices } from "../../../../page/services.ts";
import type { TraceView } from "../use-trace-view.ts";

export function SpanSections({ detail, view }: { detail: RecordDetail; view: TraceView }) {
  const { summary, record, request_body: request, response_body: response } = detail;
  const span = "source" in record ? record : undefined;
  // Own calls are read by the server; of spans, what is no list of messages went into a tool or the like.
  const isTalk = summary.own || isConversation(request) || isConversation(response);
  return (
    <>
      {record.error !== null && (
        <Section title="What went wrong">
          <LongText text={record.error.message} />
          <p className="font-mono text-fine text-soft">{record.error.code}</p>
        </Section>
      )}
      {isTalk ? (
        <Said detail={detail} />
      ) : (
        (request !== null || response !== null) && (
          <Section title="What went in and came out">
            <div className="grid gap-3">
              <Bodies detail={detail} />
            </div>
          </Section>
        )
      )}
      {span !== undefined && <About span={span} />}
      {summary.kind !== "score" && <ScoresSection key={summary.id} recordId={summary.id} />}
      <Section title="Which">
        <FieldList>
          <Field name="Started">{formatStampWithZone(summary.started_at_ms)}</Field>
          <Field name="Model">{summary.model}</Field>
          <Field name="Answered by">{summary.answer_model}</Field>
          <Field name="Vendor">{summary.vendor}</Field>
          <Field name="First token">
            {summary.first_token_ms === null ? null : formatDuration(summary.first_token_ms)}
          </Field>
          <Field name="Finish reason">{summary.finish_reason}</Field>
          <Field name="Session">
            {summary.session === null ? null : (
              <Link
                to="/sessions/$sessionId"
                params={{ sessionId: summary.session }}
                className="text-pen underline underline-offset-2"
              >
                {summary.session}
              </Link>
            )}
          </Field>
          <Field name="User">
            {summary.user === null ? null : (
              <Link to="/users/$user" params={{ user: summary.user }} className="text-pen underline underline-offset-2">
                {summary.user}
              </Link>
            )}
          </Field>
          <Field name="Key">{record.who.key_name}</Field>
          <Field name="Project">{summary.project}</Field>
          <Field name="Environment">{summary.environment}</Field>
          <Field name="Id">
            <span className="font-mono text-fine">{summary.id}</span>
          </Field>
          <Field name="Span">
            <span className="font-mono text-fine">{summary.span_id}</span>
          </Field>
        </FieldList>
        {summary.own && (
          <p className="mt-2">
            <Link
              to="/calls/{-$callId}"
              params={{ callId: summary.id }}
              className="text-pen underline underline-offset-2"
            >
              How it was routed, and what was tried
            </Link>
          </p>
        )}
      </Section>
      {span !== undefined && <Attributes span={span} view={view} />}
      <Section title="As it was reported">
        <div className="grid gap-3">
          {isTalk && <Bodies detail={detail} />}
          <details className="rounded-md border border-line bg-paper">
            <summary className="px-3 py-1 font-semibold">The whole record as JSON</summary>
            <WholeRecord detail={detail} />
          </details>
        </div>
      </Section>
    </>
  );
}

function Bodies({ detail: { request_body: request, response_body: response } }: { detail: RecordDetail }) {
  return (
    <>
      {request !== null && <BodyView title="Input" body={request} />}
      {response !== null && <BodyView title="Output" body={response} />}
    </>
  );
}

function WholeRecord({ detail: { record } }: { detail: RecordDetail }) {
  const text = useMemo(() => JSON.stringify(record), [record]);
  return <JsonView text={text} label="The record" />;
}

/** Own calls are read in their dialect by the server; spans carry messages of one shape. */
function Said({ detail: { summary, request_body: request, response_body: response } }: { detail: RecordDetail }) {
  const { api } = useServices();
  const asked = useQuery({
    queryKey: ["call", summary.id],
    queryFn: ({ signal }) => api.client.calls.get({ id: summary.id }, { signal }),
    enabled: summary.own,
    staleTime: Infinity,
  });
  const read = useMemo(() => (summary.own ? [] : messagesOfBodies(request, response)), [summary, request, response]);
  const messages = summary.own ? (asked.data?.messages ?? []) : read;
  if (messages.length === 0) return null;
  return (
    <Section title="Conversation">
      <ChatView messages={messages} />
    </Section>
  );
}

function About({ span }: { span: SpanRecord }) {
  const { tool, agent, retrieval, score, prompt } = span;
  if (tool === null && agent === null && retrieval === null && score === null && prompt === null) return null;
  return (
    <Section title="What it was">
      <FieldList>
        <Field name="Agent">{agent?.name ?? agent?.id}</Field>
        <Field name="Tool">{tool?.name}</Field>
        <Field name="Tool's call">{tool?.call_id}</Field>
        <Field name="Prompt">
          {prompt === null ? null : `${prompt.name}${prompt.version === null ? "" : `@${prompt.version}`}`}
        </Field>
        <Field name="Looked for">{retrieval?.query}</Field>
        <Field name="Found">
          {retrieval === null
            ? null
            : retrieval.documents
                .map(({ id, score: value }) => `${id ?? "?"}${value === null ? "" : ` ${value}`}`)
                .join("\n")}
        </Field>
        <Field name="Judged">{score?.name}</Field>
        <Field name="Score">{score === null ? null : (score.value ?? score.label ?? "taken back")}</Field>
        <Field name="Why">{score?.explanation}</Field>
      </FieldList>
    </Section>
  );
}

function Attributes({ span: { attributes, events, links, cut } }: { span: SpanRecord; view: TraceView }) {
  const names = Object.keys(attributes).toSorted();
  if (names.length === 0 && events.length === 0 && links.length === 0 && cut.length === 0) return null;
  return (
    <>
      {names.length > 0 && (
        <Section title="Attributes">
          <FieldList>
            {names.map((name) => (
              <Field key={name} name={name}>
                <LongText text={textOf(attributes[name])} isInline />
              </Field>
            ))}
          </FieldList>
        </Section>
      )}
      {events.length > 0 && (
        <Section title="Events">
          <ul className="grid gap-2">
            {events.map((event, index) => (
              <li key={index}>
                <p>
                  <bdi className="font-semibold">{event.name}</bdi>{" "}
                  <span className="text-soft">after {formatDuration(event.after_ms)}</span>
                </p>
                <FieldList>
                  {Object.entries(event.attributes).map(([name, value]) => (
                    <Field key={name} name={name}>
                      <LongText text={textOf(value)} isInline />
                    </Field>
                  ))}
                </FieldList>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {links.length > 0 && (
        <Section title="Linked to">
          <ul>
            {links.map(({ trace_id, span_id }) => (
              <li key={`${trace_id}${span_id}`} className="font-mono text-fine">
                <Link
                  to="/traces/$traceId"
                  params={{ traceId: trace_id }}
                  className="text-pen underline underline-offset-2"
                >
                  {trace_id}
                </Link>{" "}
                {span_id}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {cut.length > 0 && <p className="px-5 pb-3 text-soft">Cut at their bounds: {cut.join(", ")}.</p>}
    </>
  );
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
