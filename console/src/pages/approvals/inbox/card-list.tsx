// The list of what waits, moved in by j and k, opened by Enter, decided by a and r.
import { useCallback, useEffect, useRef, useState } from "react";
import type { Approval } from "../../../../../src/approvals/contract.ts";
import { useShortcuts } from "../../../page/shortcuts.ts";
import { ApprovalCard } from "./approval-card.tsx";
import type { Decision } from "./decide-dialog.tsx";

interface CardListProps {
  label: string;
  approvals: readonly Approval[];
  openId: string | null;
  hrefOf: (id: string) => string;
  onOpen: (id: string, options: { replace: boolean }) => void;
  onDecide?: ((approval: Approval, decision: Decision) => void) | undefined;
}

export function CardList({ label, approvals, openId, hrefOf, onOpen, onDecide }: CardListProps) {
  const [cursorId, setCursorId] = useState<string | null>(openId);
  const links = useRef(new Map<string, HTMLAnchorElement>());
  useEffect(() => setCursorId((old) => openId ?? old), [openId]);
  const at = approvals.find(({ id }) => id === (openId ?? cursorId));

  const move = (by: number): void => {
    const from = approvals.findIndex(({ id }) => id === cursorId);
    const next = approvals[Math.min(approvals.length - 1, Math.max(0, from + by))];
    if (next === undefined) return;
    setCursorId(next.id);
    if (openId !== null) onOpen(next.id, { replace: true });
    else links.current.get(next.id)?.focus();
  };
  const decide = (decision: Decision): void => {
    if (at !== undefined) onDecide?.(at, decision);
  };
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    ...(onDecide !== undefined && { a: () => decide("approve"), r: () => decide("refuse") }),
  });
  const keep = useCallback((id: string, link: HTMLAnchorElement | null) => {
    if (link === null) links.current.delete(id);
    else links.current.set(id, link);
  }, []);
  return (
    <section aria-label={label} className="grid w-full max-w-3xl gap-3">
      {approvals.map((approval) => (
        <ApprovalCard
          key={approval.id}
          approval={approval}
          href={hrefOf(approval.id)}
          isOpen={approval.id === openId}
          isAtCursor={approval.id === cursorId}
          linkRef={(link) => keep(approval.id, link)}
          onFocus={() => setCursorId(approval.id)}
          onDecide={onDecide === undefined ? undefined : (decision) => onDecide(approval, decision)}
        />
      ))}
    </section>
  );
}
