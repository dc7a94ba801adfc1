// The helm: whether the house is in order, what it costs, and what needs a decision, on one page.
import { useState } from "react";
import { Page } from "../../components/frame/page.tsx";
import { Panel } from "../../components/figures/panel.tsx";
import { useStages } from "./use-stages.ts";
import { useHouse } from "../../shell/use-house.ts";
import { BoundaryPanel } from "./boundary/boundary-panel.tsx";
import { BurningPanel } from "./burning/burning-panel.tsx";
import { useConcerns } from "./burning/use-concerns.ts";
import { FirstGreeting, FirstSteps, useNewestCall } from "./first-steps.tsx";
import { RefusalsPanel } from "./refusals-panel.tsx";
import { TrafficCharts, TrafficStats, useHour } from "./traffic/traffic.tsx";
import { Readings } from "./vendors/readings.tsx";
import { VendorsPanel } from "./vendors/vendors-panel.tsx";
import { Verdict } from "./verdict.tsx";

export function HelmPage() {
  const newest = useNewestCall();
  return (
    <Page title="Helm">
      <FirstGreeting newest={newest} />
      {newest === null && <FirstSteps />}
      {/* Not before it is known that there is something to show. */}
      {newest !== null && newest !== undefined && <Instruments />}
    </Page>
  );
}

function Instruments() {
  const concerns = useConcerns();
  const hour = useHour();
  const { status, unread } = useHouse();
  // In the order in which they are read; each column grows at its end, and what it pushes away on a phone is not in sight.
  const isAsking = concerns.updatedAtMs === null;
  const stage = useStages(5, { isHeld: isAsking });
  // Nobody waited for the answers any more: they come into a place of a size that stays.
  const [isPlaceKept, keepPlace] = useState(false);
  if (stage >= 0 && isAsking && !isPlaceKept) keepPlace(true);
  if (stage < 0) return <Verdict concerns={concerns} />;
  return (
    <>
      <Verdict concerns={concerns} />
      <TrafficStats hour={hour.data} />
      <div className="grid items-start gap-4 min-[72rem]:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
        <div className="grid gap-4">
          <BurningPanel concerns={concerns} isPlaceKept={isPlaceKept} />
          {stage >= 1 && <TrafficCharts hour={hour.data} error={hour.error} />}
          {stage >= 4 && <VendorsPanel />}
        </div>
        <div className="grid gap-4">
          {stage >= 2 && <BoundaryPanel />}
          {stage >= 3 && <RefusalsPanel />}
        </div>
      </div>
      {stage >= 5 && (
        <Panel title="The house itself">
          <Readings status={status} unread={unread} />
        </Panel>
      )}
    </>
  );
}
