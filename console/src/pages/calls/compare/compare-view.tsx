// Two calls side by side: figures, settings, what was asked and what was answered.
import { useQueries } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useEffect, useId, useMemo, useRef } from "react";
import type { CallDetail } from "../../../../../src/ledger/contract.ts";
import { clipText } from "../../../format/clip-text.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Button } from "../../../components/parts/button.tsx";
import { Loading } from "../../../components/parts/loading.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { useServices } from "../../../page/services.ts";
import { useShortcuts } from "../../../page/shortcuts.ts";
import { useAddress } from "../address.ts";
import { comparableOf } from "./comparable.ts";
import { CompareFigures } from "./compare-figures.tsx";

const DiffView = lazy(() =>
  import("../../../components/inputs/code/diff/diff-view.tsx").then((module) => ({ default: module.DiffView })),
);

export function CompareView({ ids }: { ids: readonly [string, string] }) {
  const { api } = useServices();
  const { goTo, hrefOf: addressOf } = useAddress();
  const hrefOf = (id: string): string => addressOf({ callId: id, diff: null });
  const close = (): void => goTo({ diff: null });
  useShortcuts({ Escape: close });
  const heading = useRef<HTMLHeadingElement>(null);
  const [one, other] = useQueries({
    queries: ids.map((id) => ({
      queryKey: ["call", id],
      queryFn: ({ signal }: { signal: AbortSignal }) => api.client.calls.get({ id }, { signal }),
      staleTime: Infinity,
      retry: false,
    })),
  });
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const problem = one?.error ?? other?.error ?? null;
  return (
    <section aria-label="Two calls compared" className="min-h-0 min-w-0 flex-1 overflow-y-auto bg-sheet">
      <div className="sticky top-0 z-2 flex flex-wrap items-center gap-2 border-b border-line bg-sheet px-5 py-2.5">
        <h2 ref={heading} tabIndex={-1} className="text-title font-semibold outline-none">
          Two calls compared
        </h2>
        <span className="ml-auto flex gap-1.5">
          <Button onClick={() => goTo({ diff: [ids[1], ids[0]] }, { replace: true })}>Swap</Button>
          <Button onClick={close} title="Esc">
            Back to the list
          </Button>
        </span>
      </div>
      {problem !== null && (
        <div className="px-5 py-4">
          <Notice problem={explainError(problem)} />
        </div>
      )}
      {problem === null && (one?.data === undefined || other?.data === undefined) && (
        <Loading className="px-5 py-4">Reading both records.</Loading>
      )}
      {one?.data !== undefined && other?.data !== undefined && (
        <Compared before={one.data} after={other.data} hrefOf={hrefOf} />
      )}
    </section>
  );
}

interface ComparedProps {
  before: CallDetail;
  after: CallDetail;
  hrefOf: (id: string) => string;
}

function Compared({ before, after, hrefOf }: ComparedProps) {
  const one = useMemo(() => comparableOf(before), [before]);
  const other = useMemo(() => comparableOf(after), [after]);
  const parts = [
    { title: "Answer", before: one.answered, after: other.answered },
    { title: "Request", before: one.asked, after: other.asked },
    { title: "Settings", before: one.settings, after: other.settings },
  ];
  return (
    <div className="grid gap-5 px-5 py-4">
      <CompareFigures before={before} after={after} hrefOf={hrefOf} />
      {(one.isCut || other.isCut) && (
        <p className="text-soft">Something here is longer than a page can compare: its beginning is.</p>
      )}
      {parts.map((part) => (
        <Part key={part.title} title={part.title}>
          {part.before === "" && part.after === "" ? (
            <p className="text-soft">Neither record has it.</p>
          ) : (
            <Suspense fallback={<p className="text-soft">Comparing.</p>}>
              <DiffView
                before={part.before}
                after={part.after}
                labelBefore={`A, ${clipText(before.model)}`}
                labelAfter={`B, ${clipText(after.model)}`}
              />
            </Suspense>
          )}
        </Part>
      ))}
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0">
      <h3 id={id} className="mb-1.5 text-read font-semibold">
        {title}
      </h3>
      {children}
    </section>
  );
}
