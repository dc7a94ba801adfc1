// The Observability Boundary as an instrument: each signal a sector as long as its lag, the bound a ring, and a needle at the
// signal that is nearest to it. The table beside it says the same in figures.
import type { SignalView } from "../../../../../src/observability/contract.ts";
import { formatDuration } from "../../../format/figures.ts";
import { bearingOf, boundRadius, centre, placeAt, radiusOf, ratioOf, sectorPath, worstOf } from "./dial-geometry.ts";
import { signalNames } from "./signal-names.ts";

const rings = [0.001, 0.01, 0.1, 10];
const graduations = Array.from({ length: 72 }, (_, index) => index * 5);

export function BoundaryDial({ signals }: { signals: readonly SignalView[] }) {
  const worst = worstOf(signals);
  const worstSignal = worst === null ? undefined : signals[worst];
  const bearing = worst === null ? 0 : bearingOf(worst, signals.length);
  return (
    <svg
      viewBox="-62 -8 444 336"
      role="img"
      aria-label={describe(signals, worstSignal)}
      className="mx-auto block w-full max-w-[30rem]"
    >
      {graduations.map((degrees) => (
        <Tick key={degrees} degrees={degrees} />
      ))}
      {rings.map((ratio) => (
        <circle key={ratio} cx={centre} cy={centre} r={radiusOf(ratio)} className="fill-none stroke-line" />
      ))}
      {signals.map((signal, index) => (
        <Sector
          key={signal.signal}
          signal={signal}
          bearing={bearingOf(index, signals.length)}
          span={360 / signals.length}
        />
      ))}
      <circle cx={centre} cy={centre} r={boundRadius} className="fill-none stroke-ink" strokeWidth="1.5" />
      {signals.map((signal, index) => (
        <Label key={signal.signal} signal={signal} bearing={bearingOf(index, signals.length)} />
      ))}
      <g
        style={{ transform: `rotate(${bearing}deg)`, transformOrigin: `${centre}px ${centre}px` }}
        className={`transition-transform duration-700 ${worst === null ? "opacity-30" : ""}`}
      >
        <path d={`M${centre} ${centre - 92}l4.5 92h-9z`} className="fill-pen" />
        <path d={`M${centre} ${centre + 34}l4.5 -34h-9z`} className="fill-control" />
      </g>
      <circle cx={centre} cy={centre} r="6" className="fill-sheet stroke-ink" strokeWidth="1.5" />
    </svg>
  );
}

function Tick({ degrees }: { degrees: number }) {
  const long = degrees % 45 === 0;
  const from = placeAt(degrees, 122);
  const to = placeAt(degrees, long ? 130 : degrees % 15 === 0 ? 127 : 124.5);
  return <line x1={from.x} y1={from.y} x2={to.x} y2={to.y} className="stroke-control" strokeWidth={long ? 1.5 : 1} />;
}

function Sector({ signal, bearing, span }: { signal: SignalView; bearing: number; span: number }) {
  const ratio = ratioOf(signal);
  const half = span * 0.36;
  if (ratio === null) {
    const mark = placeAt(bearing, radiusOf(0.001));
    return <circle cx={mark.x} cy={mark.y} r="2.5" className="fill-sheet stroke-off" />;
  }
  const slowest = signal.p99_ms === null ? null : radiusOf(signal.p99_ms / signal.bound_ms);
  const look = signal.state === "crossed" ? "fill-fail" : ratio > 0.5 ? "fill-warn/70" : "fill-ok/55";
  return (
    <g>
      <path d={sectorPath(bearing - half, bearing + half, radiusOf(ratio))} className={look} />
      {slowest !== null && (
        <path d={arc(bearing - half, bearing + half, slowest)} className="fill-none stroke-ink" strokeWidth="1.5" />
      )}
    </g>
  );
}

function Label({ signal, bearing }: { signal: SignalView; bearing: number }) {
  const { x, y } = placeAt(bearing, 139);
  const anchor = Math.abs(x - centre) < 12 ? "middle" : x > centre ? "start" : "end";
  const rise = y < centre - 100 ? -12 : y > centre + 100 ? 6 : -3;
  return (
    <g textAnchor={anchor} className="text-[11px]" aria-hidden="true">
      <text x={x} y={y + rise} className="fill-soft">
        {signalNames[signal.signal]}
      </text>
      <text x={x} y={y + rise + 13} className={signal.state === "crossed" ? "fill-fail font-semibold" : "fill-ink"}>
        {signal.lag_ms === null ? "idle" : formatDuration(signal.lag_ms)}
      </text>
    </g>
  );
}

function arc(from: number, to: number, radius: number): string {
  const [a, b] = [placeAt(from, radius), placeAt(to, radius)];
  return `M${a.x.toFixed(2)} ${a.y.toFixed(2)}A${radius} ${radius} 0 0 1 ${b.x.toFixed(2)} ${b.y.toFixed(2)}`;
}

function describe(signals: readonly SignalView[], worst: SignalView | undefined): string {
  const crossed = signals.filter(({ state }) => state === "crossed").map(({ signal }) => signalNames[signal]);
  const what = crossed.length === 0 ? "no bound is crossed" : `crossed: ${crossed.join(", ")}`;
  return worst === undefined
    ? "Observability Boundary: idle"
    : `Observability Boundary: ${what}; nearest to its bound is ${signalNames[worst.signal]}`;
}
