// Who, for whom, what, when, by which policies.
import { Link } from "@tanstack/react-router";
import type { AuditEntryView } from "../../../../../src/audit/contract.ts";
import { Field, FieldList } from "../../../components/parts/field-list.tsx";
import { Section } from "../../../components/parts/section.tsx";
import { formatCount, formatDuration } from "../../../format/figures.ts";
import { formatStampWithZone } from "../../../format/stamps.ts";
import { ActorName, ResourceName } from "../trail/say-entry.tsx";

interface EntryFactsProps {
  entry: Omit<AuditEntryView, "index" | "tree">;
  isCall: boolean;
}

export function EntryFacts({ entry, isCall }: EntryFactsProps) {
  const { actor, on_behalf_of: user, resource, organisation, policies, request_id: request } = entry;
  return (
    <Section title="What happened">
      <FieldList>
        <Field name="When">{formatStampWithZone(entry.at_ms)}</Field>
        <Field name="Who">
          <ActorName actor={actor} />
          <span className="text-soft">{` ${actor.kind}`}</span>
          {actor.name !== null && actor.id !== null && actor.name !== actor.id && (
            <span className="block font-mono text-fine text-soft">{actor.id}</span>
          )}
        </Field>
        <Field name="On behalf of">{user !== null && isCall ? <Pseudonym>{user}</Pseudonym> : user}</Field>
        <Field name="What">
          <ResourceName resource={resource} />
        </Field>
        <Field name="Organisation">{organisation}</Field>
        <Field name="Policies">{policies.join(", ")}</Field>
        <Field name="Request">{request === null ? null : <span className="font-mono text-fine">{request}</span>}</Field>
        {isCall && (
          <Field name="Record">
            <Link
              to="/calls/{-$callId}"
              params={{ callId: entry.id }}
              className="text-pen underline underline-offset-2"
            >
              Open the call
            </Link>
          </Field>
        )}
        <BatchFacts entry={entry} />
      </FieldList>
    </Section>
  );
}

function Pseudonym({ children }: { children: string }) {
  return (
    <>
      <span className="font-mono text-fine">{children}</span>
      <span className="block text-fine text-soft">a pseudonym: the tree names no people</span>
    </>
  );
}

/** An entry that stands for many calls says of how many, and from when to when. */
function BatchFacts({ entry: { action, details } }: Pick<EntryFactsProps, "entry">) {
  if (action !== "calls.executed") return null;
  const { count, failed, from_ms: from, until_ms: until } = details ?? {};
  if (typeof count !== "number" || typeof from !== "number" || typeof until !== "number") return null;
  return (
    <Field name="Stands for">
      <Link
        to="/calls/{-$callId}"
        params={{}}
        search={{ range: "custom", from: Math.floor(from), to: Math.ceil(until) + 1 }}
        className="text-pen underline underline-offset-2"
      >
        {formatCount(count)} {count === 1 ? "call" : "calls"}
      </Link>
      {typeof failed === "number" && failed > 0 && `, ${formatCount(failed)} failed`}
      {until > from && `, over ${formatDuration(until - from)}`}
      <span className="block text-fine text-soft">
        Each is proven by its own id: open a call, or type its id above.
      </span>
    </Field>
  );
}
