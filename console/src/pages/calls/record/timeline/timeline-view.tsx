// Where the call's time went: in Binnacle, waiting at vendors, receiving. One scale for all of it.
import type { CallDetail } from "../../../../../../src/ledger/contract.ts";
import { formatDuration } from "../../../../format/figures.ts";
import { formatClockMs, formatDate, formatZone } from "../../../../format/moments.ts";
import { Field, FieldList } from "../../../../components/parts/field-list.tsx";
import { Section } from "../../../../components/parts/section.tsx";
import { Attempts } from "./attempts.tsx";

export function TimelineView({ call }: { call: CallDetail }) {
  const { timings, started_at_ms: startedAtMs } = call;
  const { queue_ms: queue, first_token_ms: first, per_output_token_ms: perToken } = timings;
  return (
    <>
      <Section title="Timeline">
        <Attempts attempts={call.attempts} timings={timings} />
      </Section>
      <Section title="Times">
        <FieldList>
          <Field name="Started">
            {formatClockMs(startedAtMs)} {formatZone(startedAtMs)}, {formatDate(startedAtMs)}
          </Field>
          <Field name="Total">{formatDuration(timings.total_ms)}</Field>
          <Field name="In Binnacle">{formatDuration(timings.overhead_ms)} before the first attempt</Field>
          <Field name="Of it waiting">
            {queue === undefined ? null : `${formatDuration(queue)} for a place or a turn`}
          </Field>
          <Field name="First token">{first === null ? null : formatDuration(first)}</Field>
          <Field name="Per output token">{perToken === null ? null : formatDuration(perToken)}</Field>
          <Field name="Span">
            <span className="font-mono text-fine">{call.span_id}</span>
          </Field>
        </FieldList>
      </Section>
    </>
  );
}
