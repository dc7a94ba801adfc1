// One approval, whole: what it is for, who may decide, who has, and what it is held to.
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Approval } from "../../../../../src/approvals/contract.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Moment } from "../../../components/figures/moment.tsx";
import { StateWord } from "../../../components/figures/state-word.tsx";
import { Drawer } from "../../../components/overlays/drawer.tsx";
import { CopyButton } from "../../../components/parts/copy-button.tsx";
import { Field, FieldList } from "../../../components/parts/field-list.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { Section } from "../../../components/parts/section.tsx";
import { DecideButtons } from "../inbox/decide-buttons.tsx";
import type { Decision } from "../inbox/decide-dialog.tsx";
import { Payload } from "../inbox/payload.tsx";
import { TimeLeft } from "../inbox/time-left.tsx";
import { useApproval } from "../use-approvals.ts";
import { countVoices, describeApprovers, verdictOf } from "../words/describe.ts";
import { Votes } from "./votes.tsx";

interface ApprovalDrawerProps {
  id: string;
  /** As the list already knows it. */
  known: Approval | undefined;
  isMine: boolean;
  onDecide: (approval: Approval, decision: Decision) => void;
  onClose: () => void;
}

export function ApprovalDrawer({ id, known, isMine, onDecide, onClose }: ApprovalDrawerProps) {
  const asked = useApproval(id);
  const approval = asked.data ?? known;
  const verdict = approval && verdictOf(approval);
  const isPending = approval?.state === "pending";
  return (
    <Drawer
      label="An approval"
      contentKey={id}
      onClose={onClose}
      title={approval?.what ?? "An approval"}
      aside={verdict && <StateWord tone={verdict.tone}>{verdict.word}</StateWord>}
      detail={
        <span className="flex flex-wrap items-center gap-x-2 font-mono">
          <bdi>{id}</bdi>
          <CopyButton text={id} label="the approval's id" />
        </span>
      }
    >
      {asked.isError && (
        <div className="px-5 py-4">
          <Notice problem={explainError(asked.error)} />
        </div>
      )}
      {approval && <Body approval={approval} />}
      {approval && isPending && (
        <div className="sticky bottom-0 border-t border-line bg-sheet px-5 py-3">
          {isMine ? (
            <DecideButtons what={approval.what} onDecide={(decision) => onDecide(approval, decision)} />
          ) : (
            <p className="text-soft">
              You have no voice here, or have given it: {describeApprovers(approval.approvers)} may decide.
            </p>
          )}
        </div>
      )}
    </Drawer>
  );
}

function Body({ approval }: { approval: Approval }) {
  const { asked_by: asker, approvers, resource, escalate_to: further } = approval;
  return (
    <>
      <div className="grid gap-3 px-5 py-4">
        <Payload why={approval.why} whole />
        {approval.state === "pending" && <TimeLeft approval={approval} bar />}
      </div>
      <Section title="What for">
        <FieldList>
          <Field name="Asked by">
            {asker.name}
            {asker.user !== null && ` for ${asker.user}`}
          </Field>
          <Field name="Action">
            <code className="font-mono text-fine">{approval.action}</code>
          </Field>
          <Field name={resource.type}>
            <ResourceLink {...resource} />
          </Field>
          <Field name="Asked at">
            <Moment ms={approval.created_at_ms} />
          </Field>
          <Field name="Deadline">
            <Moment ms={approval.deadline_ms} />, then silence {approval.on_silence === "allow" ? "allows" : "refuses"}{" "}
            it
          </Field>
          <Field name="Settled at">
            {approval.settled_at_ms === null ? null : (
              <>
                <Moment ms={approval.settled_at_ms} /> by {approval.settled_by}
              </>
            )}
          </Field>
          <Field name="Done at">{approval.used_at_ms === null ? null : <Moment ms={approval.used_at_ms} />}</Field>
        </FieldList>
      </Section>
      <Section title="Who decides" aside={<Count approval={approval} />}>
        <FieldList>
          <Field name="Approvers">{describeApprovers(approvers)}</Field>
          <Field name="Who asks">{approvers.not_oneself ? "has no voice" : "may decide, too"}</Field>
          <Field name="Escalation">{further === null ? null : <Escalation approval={approval} />}</Field>
        </FieldList>
        <Votes approval={approval} />
      </Section>
      <Section
        title="What it is held to"
        aside={<CopyButton text={approval.payload_hash} label="the payload's hash" />}
      >
        <p className="text-soft">
          It is good for the payload with this hash alone, and once. Whoever asked says the same hash when it is done.
        </p>
        <p className="mt-1 font-mono text-fine break-all">{approval.payload_hash}</p>
      </Section>
    </>
  );
}

function Count({ approval }: { approval: Approval }) {
  return (
    <span className="text-fine text-soft">
      {countVoices(approval)} of {approval.approvers.needed}
    </span>
  );
}

function Escalation({
  approval: { escalate_to: further, escalated_at_ms: atMs, created_at_ms: fromMs },
}: {
  approval: Approval;
}): ReactNode {
  if (further === null) return null;
  const who = describeApprovers({ ...further, needed: 1 });
  return (
    <>
      {who} {atMs === null ? "may decide, too, from " : "may decide, too, since "}
      <Moment ms={atMs ?? fromMs + further.after_ms} />
    </>
  );
}

/** To what it is about, where the console has a page for that. */
function ResourceLink({ type, id }: { type: string; id: string }) {
  const look = "font-mono text-fine break-all";
  if (type !== "call") return <bdi className={look}>{id}</bdi>;
  return (
    <Link to="/calls/{-$callId}" params={{ callId: id }} className={`${look} text-pen underline underline-offset-2`}>
      <bdi>{id}</bdi>
    </Link>
  );
}
