// One thing that waits: who asks, for what, how long there is, and the two buttons. Wide enough for a thumb on a phone.
import { type Ref, useId } from "react";
import type { Approval } from "../../../../../src/approvals/contract.ts";
import { Age } from "../../../components/figures/moment.tsx";
import { countVoices, describeApprovers } from "../words/describe.ts";
import { DecideButtons } from "./decide-buttons.tsx";
import type { Decision } from "./decide-dialog.tsx";
import { Payload } from "./payload.tsx";
import { TimeLeft } from "./time-left.tsx";

interface ApprovalCardProps {
  approval: Approval;
  href: string;
  isOpen: boolean;
  isAtCursor: boolean;
  /** Of the link: j and k put the focus there. */
  linkRef: Ref<HTMLAnchorElement>;
  onFocus: () => void;
  /** Left out where the reader has no voice. */
  onDecide?: ((decision: Decision) => void) | undefined;
}

export function ApprovalCard(props: ApprovalCardProps) {
  const { approval, href, isOpen, isAtCursor, linkRef, onFocus, onDecide } = props;
  const id = useId();
  const { asked_by: asker, approvers } = approval;
  const ground = isOpen ? "bg-tide" : isAtCursor ? "bg-shoal" : "bg-sheet";
  return (
    <article
      aria-labelledby={id}
      onFocus={onFocus}
      className={`grid gap-2.5 rounded-md border border-line px-4 py-3 ${ground} ${isAtCursor ? "border-l-pen" : ""}`}
    >
      <div className="grid gap-0.5">
        <h2 id={id} className="text-title font-semibold">
          <a ref={linkRef} href={href} className="foreign rounded-md hover:text-pen">
            {approval.what}
          </a>
        </h2>
        <p className="text-soft">
          <bdi className="font-semibold text-ink">{asker.name}</bdi>
          {asker.user !== null && (
            <>
              {" "}
              for <bdi>{asker.user}</bdi>
            </>
          )}{" "}
          asks, <Age ms={approval.created_at_ms} />
        </p>
      </div>
      <Payload why={approval.why} />
      <p className="flex flex-wrap gap-x-4 gap-y-0.5 text-fine text-soft">
        <bdi className="font-mono">{approval.action}</bdi>
        <span>
          {approval.resource.type} <bdi className="font-mono">{approval.resource.id}</bdi>
        </span>
        {approvers.needed > 1 && (
          <span className="font-semibold text-ink">
            {countVoices(approval)} of {approvers.needed} approvals
          </span>
        )}
      </p>
      <TimeLeft approval={approval} bar />
      {onDecide === undefined ? (
        <p className="text-fine text-soft first-letter:uppercase">{describeApprovers(approvers)} may decide this.</p>
      ) : (
        <DecideButtons what={approval.what} href={href} onDecide={onDecide} />
      )}
    </article>
  );
}
