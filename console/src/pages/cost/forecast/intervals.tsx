// What may come, for each measure of traffic: the middle, where four in five of all futures lie, and where nineteen in twenty do.
import type { Forecast } from "../../../../../src/observability/contract.ts";
import { formatUsd } from "../../../format/figures.ts";

type Scenario = Forecast["scenarios"][number];
type Interval = Scenario["this_month"];

export function Intervals({ scenarios, chosen }: { scenarios: readonly Scenario[]; chosen: number }) {
  return (
    <div className="grid gap-4 pb-1">
      <IntervalTable title="This month, when it ends" scenarios={scenarios} chosen={chosen} read={readThis} />
      <IntervalTable title="A whole month like it" scenarios={scenarios} chosen={chosen} read={readSteady} />
    </div>
  );
}

const readThis = ({ this_month: interval }: Scenario): Interval => interval;
const readSteady = ({ steady_month: interval }: Scenario): Interval => interval;

interface IntervalTableProps {
  title: string;
  scenarios: readonly Scenario[];
  chosen: number;
  read: (scenario: Scenario) => Interval;
}

function IntervalTable({ title, scenarios, chosen, read }: IntervalTableProps) {
  const most = Math.max(1, ...scenarios.map((scenario) => read(scenario).high95_usd_micros));
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={title}>
      <table className="w-full sm:min-w-lg">
        <caption className="px-4 pb-1 text-left font-semibold">{title}</caption>
        <thead>
          <tr className="text-fine text-soft">
            <th className="py-1 pr-3 pl-4 text-left font-normal">Traffic</th>
            <th className="w-2/5 py-1 pr-3 text-left font-normal max-sm:hidden">0 to {formatUsd(most)}</th>
            <th className="py-1 pr-3 text-right font-normal">Middle</th>
            <th className="py-1 pr-3 text-right font-normal">Four in five</th>
            <th className="py-1 pr-4 text-right font-normal max-sm:hidden">Nineteen in twenty</th>
          </tr>
        </thead>
        <tbody>
          {scenarios.map((scenario) => (
            <Row
              key={scenario.traffic}
              interval={read(scenario)}
              traffic={scenario.traffic}
              most={most}
              isChosen={scenario.traffic === chosen}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  interval: Interval;
  traffic: number;
  most: number;
  isChosen: boolean;
}

function Row({ interval, traffic, most, isChosen }: RowProps) {
  const between = (low: number, high: number): string => `${formatUsd(low)} – ${formatUsd(high)}`;
  return (
    <tr className={`border-t border-line ${isChosen ? "bg-tide font-semibold" : ""}`}>
      <th scope="row" className={`py-1.5 pr-3 pl-4 text-left whitespace-nowrap ${isChosen ? "" : "font-normal"}`}>
        {traffic} ×{traffic === 1 && <span className="font-normal text-soft max-sm:hidden"> as now</span>}
      </th>
      <td className="py-1.5 pr-3 max-sm:hidden">
        <Bar interval={interval} most={most} />
      </td>
      <td className="py-1.5 pr-3 text-right whitespace-nowrap">{formatUsd(interval.expected_usd_micros)}</td>
      <td className="py-1.5 pr-3 text-right text-fine sm:whitespace-nowrap">
        {between(interval.low80_usd_micros, interval.high80_usd_micros)}
      </td>
      <td className="py-1.5 pr-4 text-right text-fine whitespace-nowrap max-sm:hidden">
        {between(interval.low95_usd_micros, interval.high95_usd_micros)}
      </td>
    </tr>
  );
}

function Bar({ interval, most }: { interval: Interval; most: number }) {
  const at = (micros: number): string => `${(micros / most) * 100}%`;
  const span = (low: number, high: number) => ({ left: at(low), width: at(high - low) });
  return (
    <span aria-hidden="true" className="relative block h-4">
      <span className="absolute inset-x-0 top-1/2 h-px bg-line" />
      <span
        className="absolute top-1.5 h-1 bg-series-2"
        style={span(interval.low95_usd_micros, interval.high95_usd_micros)}
      />
      <span
        className="absolute top-0.5 h-3 bg-series-2"
        style={span(interval.low80_usd_micros, interval.high80_usd_micros)}
      />
      <span className="absolute top-0 -ml-px h-4 w-0.5 bg-ink" style={{ left: at(interval.expected_usd_micros) }} />
    </span>
  );
}
