// Baselines: what calls are compared with, and the figures that each has.
import { useChange } from "../../../page/asking/use-change.ts";
import { useMemo, useState } from "react";
import type { Baseline } from "../../../../../src/drift/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Age } from "../../../components/figures/moment.tsx";
import { Panel } from "../../../components/figures/panel.tsx";
import { Empty } from "../../../components/frame/empty.tsx";
import { ConfirmDialog } from "../../../components/overlays/confirm-dialog.tsx";
import { Menu } from "../../../components/overlays/menu.tsx";
import { Loading } from "../../../components/parts/loading.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { formatCount } from "../../../format/figures.ts";
import { formatSpan } from "../../../format/stamps.ts";
import { useMayDo, useServices } from "../../../page/services.ts";
import { CallsOf } from "../calls-of.tsx";
import { useBaselines } from "../queries.ts";
import { sayFigure, sayInShort, sayProfile, saySize } from "../say-drift.ts";

export function Baselines() {
  const { client } = useServices().api;
  const asked = useBaselines();
  const change = useChange("drift");
  const [leaving, setLeaving] = useState<Baseline | null>(null);
  if (asked.data === undefined)
    return asked.isError ? <Notice problem={explainError(asked.error)} /> : <Loading>Reading baselines.</Loading>;
  if (asked.data.length === 0)
    return (
      <Empty title="Nothing is compared yet" code="binnacle drift baseline set MODEL --label 'release 7' --since 2d">
        A profile gets its first week as its baseline after 7 days and 1,000 calls; or choose one under Profiles. After
        that nothing moves it: a baseline that rolled on would take slow decay for what is usual.
      </Empty>
    );
  return (
    <div className="grid items-start gap-4 min-[84rem]:grid-cols-2">
      {asked.data.map((baseline) => (
        <BaselinePanel key={baseline.id} baseline={baseline} onDelete={() => setLeaving(baseline)} />
      ))}
      {leaving !== null && (
        <ConfirmDialog
          title={`Delete the baseline of ${sayProfile(leaving.profile)}`}
          consequence="The profile is compared with nothing until enough was seen for an automatic one, and its open findings are closed."
          confirmLabel="Delete the baseline"
          tone="danger"
          onConfirm={() => change(() => client.drift.baselines.delete({ id: leaving.id }), "The baseline is deleted.")}
          onClose={() => setLeaving(null)}
        />
      )}
    </div>
  );
}

function BaselinePanel({ baseline, onDelete }: { baseline: Baseline; onDelete: () => void }) {
  const { api } = useServices();
  const mayDelete = useMayDo("drift.baselines.delete");
  const { profile, label, source, since_ms: sinceMs, until_ms: untilMs, calls, made_at_ms: madeMs, figures } = baseline;
  const rows = useMemo(() => Object.entries(figures).filter(([, { samples }]) => samples > 0), [figures]);
  return (
    <Panel
      title={sayProfile(profile)}
      note={`${label}, ${source === "automatic" ? "by itself" : "chosen"}`}
      curl={curlFor(api.origin, "/drift/baselines")}
      aside={
        mayDelete && (
          <Menu
            label={`Actions for the baseline of ${sayProfile(profile)}`}
            items={[{ label: "Delete", tone: "danger", onSelect: onDelete }]}
          />
        )
      }
    >
      <p className="text-fine text-soft">
        {formatSpan(sinceMs, untilMs)}, {formatCount(calls)} calls, made <Age ms={madeMs} />.{" "}
        <CallsOf profile={profile} fromMs={sinceMs} toMs={untilMs}>
          The calls
        </CallsOf>
      </p>
      <table aria-label="Figures of the baseline" className="mt-2 w-full">
        <thead>
          <tr className="text-fine text-soft">
            <th className="text-left font-normal">Figure</th>
            <th className="w-28 text-right font-normal">Middle or share</th>
            <th className="w-24 text-right font-normal">p95</th>
            <th className="w-20 text-right font-normal">Calls</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([figure, each]) => (
            <tr key={figure} className="border-t border-line">
              <th scope="row" className="py-0.5 text-left font-normal">
                {sayFigure(figure)}
              </th>
              <td className="text-right whitespace-nowrap">{sayInShort(figure, each) ?? namesOf(each.counts)}</td>
              <td className="text-right whitespace-nowrap">{each.p95 === null ? "–" : saySize(figure, each.p95)}</td>
              <td className="text-right">{formatCount(each.samples)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

/** Of a mix: its most frequent kind. */
function namesOf(counts: Readonly<Record<string, number>> | null): string {
  const [first] = Object.entries(counts ?? {}).sort(([, one], [, other]) => other - one);
  return first === undefined ? "–" : `mostly ${first[0]}`;
}
