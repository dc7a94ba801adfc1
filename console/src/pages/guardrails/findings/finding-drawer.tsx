// What was found in one call: each finding with its place, and never the text.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { GuardrailEntry } from "../../../../../src/ledger/contract.ts";
import { explainError } from "../../../api/explain-error.ts";
import { StateWord } from "../../../components/figures/state-word.tsx";
import { Drawer } from "../../../components/overlays/drawer.tsx";
import { Field, FieldList } from "../../../components/parts/field-list.tsx";
import { Loading } from "../../../components/parts/loading.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { Outcome } from "../../../components/parts/outcome.tsx";
import { Section } from "../../../components/parts/section.tsx";
import { formatStampWithZone } from "../../../format/stamps.ts";
import { useServices } from "../../../page/services.ts";
import { sideWords, toneOf } from "../words.ts";

export function FindingDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { api } = useServices();
  const asked = useQuery({
    queryKey: ["call", id],
    queryFn: ({ signal }) => api.client.calls.get({ id }, { signal }),
    staleTime: Infinity,
  });
  const call = asked.data;
  return (
    <Drawer
      label="Findings of a call"
      title="What was found"
      contentKey={id}
      onClose={onClose}
      aside={call && <Outcome outcome={call.outcome} />}
      detail={
        <span className="flex flex-wrap items-center gap-x-3">
          <bdi className="font-mono">{id}</bdi>
          <Link to="/calls/{-$callId}" params={{ callId: id }} className="text-pen underline underline-offset-2">
            The whole call
          </Link>
        </span>
      }
    >
      {asked.isError && (
        <div className="px-5 py-4">
          <Notice problem={explainError(asked.error)} />
        </div>
      )}
      {asked.isPending && <Loading className="px-5 py-4">Reading the record.</Loading>}
      {call !== undefined && (
        <div className="px-5 py-4">
          <FieldList>
            <Field name="When">{formatStampWithZone(call.started_at_ms)}</Field>
            <Field name="Asked for">{call.model}</Field>
            <Field name="Key">{call.who.key_name}</Field>
            <Field name="Error">{call.error?.message}</Field>
          </FieldList>
        </div>
      )}
      {call?.guardrails.map((entry, index) => (
        <Entry key={index} entry={entry} />
      ))}
    </Drawer>
  );
}

function Entry({ entry }: { entry: GuardrailEntry }) {
  const { name, outcome, side, kind, detector, score, place, start, end } = entry;
  return (
    <Section
      title={(kind ?? name).replaceAll("_", " ")}
      aside={<StateWord tone={toneOf(outcome)}>{outcome}</StateWord>}
    >
      <FieldList>
        <Field name="Policy">{name}</Field>
        <Field name="Detector">{detector}</Field>
        <Field name="Found in">{side === undefined ? null : (sideWords[side] ?? side)}</Field>
        <Field name="Place">{place === undefined ? null : <code className="font-mono text-fine">{place}</code>}</Field>
        <Field name="Characters">{start === undefined ? null : `${start} to ${end ?? start}`}</Field>
        <Field name="Score">{score === undefined ? null : score.toFixed(2)}</Field>
      </FieldList>
    </Section>
  );
}
