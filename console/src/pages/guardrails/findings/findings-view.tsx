// The explorer of findings: what became of them by day, which kinds there were, and the calls that they were found in.
import { useCallback, useMemo } from "react";
import type { CallSummary } from "../../../../../src/ledger/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { BarList } from "../../../components/charts/bar-list.tsx";
import { TimeChart } from "../../../components/charts/time-chart.tsx";
import { Panel } from "../../../components/figures/panel.tsx";
import { Loading } from "../../../components/parts/loading.tsx";
import { DataTable } from "../../../components/tables/data-table.tsx";
import { formatCount } from "../../../format/figures.ts";
import { useServices } from "../../../page/services.ts";
import { useAddress } from "../address.ts";
import { outcomes } from "../words.ts";
import { callColumns } from "./call-columns.tsx";
import { FindingDrawer } from "./finding-drawer.tsx";
import { NoFindings } from "./no-findings.tsx";
import { type Counted, countBySteps, filterFor } from "./read-findings.ts";
import { type CountedStretch, useFindingCounts, useFindings, useStretch } from "./use-findings.ts";

const rowKey = ({ id }: CallSummary): string => id;
const none: readonly CallSummary[] = Object.freeze([]);

export function FindingsView() {
  const { what, call, range, goTo, hrefOf } = useAddress();
  const stretch = useStretch(range);
  const list = useFindings(what, stretch);
  const counts = useFindingCounts(stretch).data;
  const found = what === null ? counts?.calls : counts?.kinds.find(({ kind }) => kind === what)?.calls;
  const link = useCallback((row: CallSummary) => hrefOf({ call: row.id }), [hrefOf]);
  const open = useCallback((row: CallSummary, how: { replace: boolean }) => goTo({ call: row.id }, how), [goTo]);
  return (
    <div className="flex min-h-0 flex-1">
      <div className="min-w-0 flex-1 overflow-y-auto">
        <div className="grid gap-4 p-4">
          <div className="grid items-start gap-4 min-[80rem]:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
            <ByTime stretch={stretch} />
            <ByKind stretch={stretch} />
          </div>
          <Panel
            title={what === null ? "Calls with findings" : `Calls with findings of ${what}`}
            note={list.data && sayHowMany(list.data, found)}
            flush
            curl={useListCurl(what, stretch)}
          >
            <DataTable
              label="Calls with findings"
              rows={list.data?.calls ?? none}
              rowKey={rowKey}
              columns={callColumns}
              loading={list.isPending}
              problem={problemOf(list.error)}
              hrefOf={link}
              onOpen={open}
              openKey={call}
              empty={<NoFindings what={what} />}
            />
          </Panel>
        </div>
      </div>
      {call !== null && <FindingDrawer id={call} onClose={() => goTo({ call: null })} />}
    </div>
  );
}

function sayHowMany({ calls, isWhole }: Counted, found: number | undefined): string {
  if (isWhole) return formatCount(calls.length);
  return `the newest ${formatCount(calls.length)} of ${found === undefined ? "more" : formatCount(found)}`;
}

type StretchProps = { stretch: CountedStretch };

function useCountsCurl({ sinceMs, untilMs, bucket }: CountedStretch): string {
  const { api } = useServices();
  return curlFor(api.origin, "/guardrails/findings", { since_ms: sinceMs, until_ms: untilMs, bucket });
}

function useListCurl(what: string | null, { sinceMs, untilMs }: StretchProps["stretch"]): string {
  const { api } = useServices();
  return curlFor(api.origin, "/calls", { filter: filterFor(what), since_ms: sinceMs, until_ms: untilMs, limit: 200 });
}

/** The inks of states stay with states: what was refused is a warning, a check that failed a failure. */
const tones: Record<string, "ok" | "warn" | "fail" | "off" | 1> = {
  blocked: "warn",
  asked: 1,
  masked: "ok",
  observed: "off",
  failed: "fail",
};

function ByTime({ stretch }: StretchProps) {
  const counted = useFindingCounts(stretch);
  const found = counted.data?.outcomes;
  const series = useMemo(
    () =>
      outcomes
        .map((name) => ({ name, buckets: (found ?? []).filter(({ outcome }) => outcome === name) }))
        .filter(({ buckets }) => buckets.length > 0)
        .map(({ name, buckets }) => ({
          name,
          points: countBySteps(buckets, stretch, stretch.stepMs),
          tone: tones[name],
        })),
    [found, stretch],
  );
  return (
    <TimeChart
      title="Calls, by what became of findings"
      unit="calls"
      kind="bars"
      stepMs={stretch.stepMs}
      startMs={Math.floor(stretch.sinceMs / stretch.stepMs) * stretch.stepMs}
      // The step of now has its whole width: it is still being filled.
      endMs={Math.ceil(stretch.untilMs / stretch.stepMs) * stretch.stepMs}
      series={series}
      loading={counted.isPending}
      problem={problemOf(counted.error)}
      height={150}
      empty="Guardrails found nothing in this time."
      curl={useCountsCurl(stretch)}
    />
  );
}

function ByKind({ stretch }: StretchProps) {
  const { hrefOf } = useAddress();
  const counted = useFindingCounts(stretch);
  return (
    <Panel title="Kinds" note="of what was found" problem={problemOf(counted.error)} curl={useCountsCurl(stretch)}>
      {counted.isPending ? (
        <Loading>Counting.</Loading>
      ) : (
        <BarList
          label="Calls with findings by kind"
          head="Kind"
          unit="calls"
          empty="Nothing was found in this time."
          rows={(counted.data?.kinds ?? []).map(({ kind, calls }) => ({
            key: kind,
            label: kind.replaceAll("_", " "),
            value: calls,
            formatted: formatCount(calls),
            href: hrefOf({ what: kind, call: null }),
          }))}
        />
      )}
    </Panel>
  );
}

const problemOf = (error: unknown) => (error === null ? null : explainError(error));
