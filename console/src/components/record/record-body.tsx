// The sections of a record, in the order in which one asks: what was tried and why, who, what it cost, what was said.
import type { CallDetail } from "../../../../src/ledger/contract.ts";
import { formatDuration, formatUsd } from "../../format/figures.ts";
import { formatClockMs, formatDate, formatZone } from "../../format/moments.ts";
import { CodeBlock } from "../parts/code-block.tsx";
import { Field, FieldList } from "../parts/field-list.tsx";
import { Section } from "../parts/section.tsx";
import { Words } from "../parts/words.tsx";
import { Attempts } from "./attempts.tsx";
import { BodyView } from "./body-view.tsx";
import { Considered } from "./considered.tsx";
import { Conversation } from "./conversation.tsx";
import { Tokens } from "./tokens.tsx";

export function RecordBody({ call, origin }: { call: CallDetail; origin: string }) {
  const { cost, request_body: request, response_body: response } = call;
  return (
    <>
      <RouteSection call={call} />
      <WhoSection call={call} />
      <Section title="Conversation">
        <Conversation messages={call.messages} />
      </Section>
      <Section title="Tokens and cost">
        <Tokens tokens={call.tokens} />
        {call.tokens.source !== "unknown" && (
          <div className="mt-3">
            <FieldList>
              <Field name="Cost">
                {cost.usd_micros === null ? "This model has no known price." : formatUsd(cost.usd_micros)}
              </Field>
              <Field name="Price table">{cost.price_version}</Field>
            </FieldList>
          </div>
        )}
      </Section>
      <CallSection call={call} />
      <Section title="Bodies as they were stored">
        {request === null && response === null && <p className="text-soft">None is kept for this call.</p>}
        {request !== null && <BodyView title="Request" body={request} />}
        {response !== null && <BodyView title="Response" body={response} />}
      </Section>
      <Section title="The same, elsewhere">
        <div className="grid gap-3">
          <CodeBlock title="In the terminal" code={`binnacle calls show ${call.id}`} />
          <CodeBlock
            title="Over the API"
            code={`curl -H "Authorization: Bearer $BINNACLE_KEY" \\\n  ${origin}/api/v1/calls/${call.id}`}
          />
        </div>
      </Section>
    </>
  );
}

function RouteSection({ call: { route, considered, attempts, timings } }: { call: CallDetail }) {
  return (
    <Section title="Route and attempts">
      {route.name === "" && considered.length === 0 ? (
        <p className="text-soft">The call ended before a route was found for it.</p>
      ) : (
        <FieldList>
          <Field name="Route">{route.name}</Field>
          <Field name="Strategy">{route.strategy}</Field>
          <Field name="Reason">
            <Words text={route.reason} />
          </Field>
        </FieldList>
      )}
      <Considered considered={considered} />
      <Attempts attempts={attempts} totalMs={timings.total_ms} />
    </Section>
  );
}

function WhoSection({ call: { who, authority } }: { call: CallDetail }) {
  return (
    <Section title="Who, and by what authority">
      <FieldList>
        <Field name="Key">
          {who.key_name} <span className="font-mono text-fine text-soft">{who.key_id}</span>
        </Field>
        <Field name="User">{who.user}</Field>
        <Field name="Team">{who.team}</Field>
        <Field name="Project">{who.project}</Field>
        <Field name="Tags">{who.tags.join(", ")}</Field>
        <Field name="Policy">{authority.policy}</Field>
        <Field name="Rule">
          <Words text={authority.rule} />
        </Field>
      </FieldList>
    </Section>
  );
}

function describeCache({ cache, cached }: CallDetail): string {
  if (!cached) return cache;
  const { saved_usd_micros: saved, call_id: made } = cached;
  const parts = [
    cache,
    `from ${cached.from}`,
    made !== null && `made for ${made}`,
    saved !== null && `saved ${formatUsd(saved)}`,
  ];
  return parts.filter(Boolean).join(", ");
}

function CallSection({ call }: { call: CallDetail }) {
  const { timings, answer } = call;
  const { per_output_token_ms: perToken } = timings;
  return (
    <Section title="Times and circumstances">
      <FieldList>
        <Field name="Started">
          {formatClockMs(call.started_at_ms)} {formatZone(call.started_at_ms)}, {formatDate(call.started_at_ms)}
        </Field>
        <Field name="In Binnacle">{formatDuration(timings.overhead_ms)} before the first attempt</Field>
        <Field name="Per output token">{perToken === null ? null : formatDuration(perToken)}</Field>
        <Field name="Answered by">{answer === null ? null : `${answer.vendor}, model ${answer.model}`}</Field>
        <Field name="Finish reason">{answer?.finish_reason}</Field>
        <Field name="Vendor's id">{answer?.response_id}</Field>
        <Field name="Dialect">{`${call.dialect}${call.stream ? ", streamed" : ""}`}</Field>
        <Field name="Cache">{describeCache(call)}</Field>
        <Field name="Guardrails">{call.guardrails.map(({ name, outcome }) => `${name}: ${outcome}`).join("\n")}</Field>
        <Field name="Not carried over">{call.dropped.join(", ")}</Field>
        <Field name="Session">{call.session}</Field>
        <Field name="Trace">
          <span className="font-mono text-fine">{call.trace_id}</span>
        </Field>
        <Field name="Span">
          <span className="font-mono text-fine">{call.span_id}</span>
        </Field>
      </FieldList>
    </Section>
  );
}
