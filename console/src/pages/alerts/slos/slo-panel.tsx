// One objective: each of its series with the budget that is left and how fast it burns, and what can be done with it.
import { useChange } from "../../../page/asking/use-change.ts";
import { useState } from "react";
import type { SloView } from "../../../../../src/alerts/contract.ts";
import { Age, Moment } from "../../../components/figures/moment.tsx";
import { Panel } from "../../../components/figures/panel.tsx";
import { Meter } from "../../../components/charts/meter.tsx";
import { ConfirmDialog } from "../../../components/overlays/confirm-dialog.tsx";
import { Menu } from "../../../components/overlays/menu.tsx";
import { formatCount } from "../../../format/figures.ts";
import { useServices } from "../../../page/services.ts";
import { sayLabels } from "../../../format/say-labels.ts";
import { sayShare } from "../words/say-reading.ts";
import { Burns } from "./burns.tsx";
import { sayObjective, sayOf } from "./say-objective.ts";

type Series = SloView["series"][number];

interface SloPanelProps {
  slo: SloView;
  /** Where the reader may change it. */
  onEdit: (() => void) | undefined;
}

export function SloPanel({ slo, onEdit }: SloPanelProps) {
  const [isDeleting, setDeleting] = useState(false);
  const { client } = useServices().api;
  const change = useChange("alerts");
  const description = slo.spec["description"];
  const of = sayOf(slo.spec);
  const isOwn = slo.source === "api";
  const items = [
    { label: "Edit", onSelect: () => onEdit?.() },
    { label: "Delete", onSelect: () => setDeleting(true), tone: "danger" as const, isApart: true },
  ];
  return (
    <Panel
      title={slo.name}
      aside={onEdit !== undefined && isOwn && <Menu label={`Actions for ${slo.name}`} items={items} />}
    >
      <p>
        {sayObjective(slo)}
        {of !== "" && <bdi className="text-soft">{`, ${of}`}</bdi>}
      </p>
      {typeof description === "string" && <p className="foreign text-soft">{description}</p>}
      <div className="mt-2 grid gap-4">
        {slo.series.map((series) => (
          <SloSeries key={JSON.stringify(series.labels)} slo={slo} series={series} />
        ))}
      </div>
      <Unmeasured slo={slo} />
      <p className="mt-2 text-fine text-soft">
        {slo.source === "config" ? `Set in binnacle.yaml, alerts.slos.${slo.name}` : <ChangedBy slo={slo} />}
      </p>
      {isDeleting && (
        <ConfirmDialog
          title={`Delete ${slo.name}`}
          consequence="It is measured no more, and its alerts are resolved. Calls on record stay: made again, it has the same figures."
          confirmLabel="Delete the objective"
          tone="danger"
          onConfirm={() => change(() => client.slos.delete({ name: slo.name }), `${slo.name} is deleted.`)}
          onClose={() => setDeleting(false)}
        />
      )}
    </Panel>
  );
}

function ChangedBy({ slo: { changed_by: by, changed_at_ms: atMs } }: { slo: SloView }) {
  return (
    <>
      Made by API{by !== null && <bdi>{`, ${by.key_name}`}</bdi>}
      {atMs !== null && (
        <>
          , <Age ms={atMs} />
        </>
      )}
    </>
  );
}

function Unmeasured({ slo }: { slo: SloView }) {
  if (slo.error !== null) return <p className="foreign font-semibold text-fail">Not measured: {slo.error}</p>;
  if (slo.unknown !== null)
    return <p className="text-soft">Nothing is known: nobody has judged anything under this name yet.</p>;
  if (slo.measured_at_ms === null) return <p className="text-soft">Measured at the next look, within half a minute.</p>;
  if (slo.series.length === 0) return <p className="text-soft">No call that it counts is on record yet.</p>;
  return null;
}

function SloSeries({ slo, series }: { slo: SloView; series: Series }) {
  const { good, bad, budget_left: left, exhausted_at_ms: exhaustedMs } = series;
  const labels = sayLabels(series.labels);
  const isSpent = left <= 0;
  const isBurning = series.burns.some(({ burning }) => burning);
  return (
    <div>
      {labels !== "" && <h3 className="foreign mb-1 font-semibold">{labels}</h3>}
      <Meter
        label="Budget left"
        value={Math.max(0, left)}
        max={1}
        formatted={isSpent ? `spent, ${sayShare(-left)} over` : sayShare(left)}
        tone={isSpent ? "fail" : isBurning ? "warn" : 1}
        note={
          <>
            {formatCount(good)} of {formatCount(good + bad)} went well.
            {exhaustedMs !== null && (
              <>
                {" "}
                Used up <Moment ms={exhaustedMs} />, <Age ms={exhaustedMs} />, at the pace of the last six hours.
              </>
            )}
          </>
        }
      />
      <Burns burns={series.burns} label={labels || slo.name} />
    </div>
  );
}
