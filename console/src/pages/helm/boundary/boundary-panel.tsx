// How soon each signal can be acted on: drawn, and in figures.
import { useQuery } from "@tanstack/react-query";
import type { SignalView } from "../../../../../src/observability/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Live } from "../../../components/figures/live.tsx";
import { Panel } from "../../../components/figures/panel.tsx";
import { StateGlyph } from "../../../components/figures/state-word.tsx";
import { formatDuration } from "../../../format/figures.ts";
import { useServices } from "../../../page/services.ts";
import { BoundaryDial } from "./boundary-dial.tsx";
import { signalMeanings, signalNames } from "./signal-names.ts";

export function BoundaryPanel() {
  const { api } = useServices();
  const asked = useQuery({
    queryKey: ["boundary"],
    queryFn: ({ signal }) => api.client.boundary.get(undefined, { signal }),
    refetchInterval: 2000,
  });
  const signals = asked.data?.signals ?? [];
  return (
    <Panel
      title="Observability Boundary"
      note={<Live updatedAtMs={asked.dataUpdatedAt || null} connected={!asked.isError} />}
      curl={curlFor(api.origin, "/boundary")}
      problem={asked.isError && asked.data === undefined ? explainError(asked.error) : null}
    >
      <div className="grid gap-y-3">
        <BoundaryDial signals={signals} />
        <table className="w-full">
          <caption className="pb-1 text-left text-fine text-soft">
            Lag of each signal against its bound; the ring is the bound, rings within it a tenth each
          </caption>
          <thead>
            <tr className="text-fine text-soft">
              <th className="py-0.5 pr-4 text-left font-normal">Signal</th>
              <th className="py-0.5 pr-4 text-right font-normal">Lag</th>
              <th className="py-0.5 pr-4 text-right font-normal">p99</th>
              <th className="py-0.5 text-right font-normal">Bound</th>
            </tr>
          </thead>
          <tbody>
            {asked.isPending
              ? Object.values(signalNames).map((name) => <RowToCome key={name} name={name} />)
              : signals.map((signal) => <Row key={signal.signal} signal={signal} />)}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Row({ signal }: { signal: SignalView }) {
  const tone = signal.state === "crossed" ? "fail" : signal.state === "idle" ? "off" : "ok";
  return (
    <tr className="border-t border-line" title={signalMeanings[signal.signal]}>
      <th scope="row" className="py-0.5 pr-4 text-left font-normal whitespace-nowrap">
        <span className="inline-flex items-center gap-1.5">
          <StateGlyph tone={tone} />
          {signalNames[signal.signal]}
          {signal.state === "idle" && <span className="text-soft">idle</span>}
          {signal.state === "crossed" && <span className="font-semibold text-fail">crossed</span>}
        </span>
      </th>
      <td className="py-0.5 pr-4 text-right whitespace-nowrap">{sayLag(signal.lag_ms)}</td>
      <td className="py-0.5 pr-4 text-right whitespace-nowrap">{sayLag(signal.p99_ms)}</td>
      <td className="py-0.5 text-right whitespace-nowrap text-soft">{formatDuration(signal.bound_ms)}</td>
    </tr>
  );
}

/** Keeps its place. */
function RowToCome({ name }: { name: string }) {
  return (
    <tr className="border-t border-line">
      <th scope="row" className="py-0.5 pr-4 text-left font-normal text-soft">
        {name}
      </th>
      <td colSpan={3} className="py-0.5 text-right text-soft">
        –
      </td>
    </tr>
  );
}

const sayLag = (ms: number | null): string => (ms === null ? "–" : formatDuration(ms));
