// A figure as the baseline has it and as it is now, side by side.
import type { Figures } from "../../../../../src/drift/contract.ts";
import { formatCount } from "../../../format/figures.ts";
import { saySize, sayShare } from "../say-drift.ts";

interface BeforeNowProps {
  figure: string;
  before: Figures | null;
  now: Figures | null;
}

type Row = [name: string, before: string, now: string];

export function BeforeNow({ figure, before, now }: BeforeNowProps) {
  const rows = [...figuresOf(figure, before, now), ...kindsOf(before, now)];
  return (
    <table aria-label="Before and now" className="w-full">
      <thead>
        <tr className="text-fine text-soft">
          <th className="text-left font-normal">
            <span className="visually-hidden">Figure</span>
          </th>
          <th className="w-28 text-right font-normal">Before</th>
          <th className="w-28 text-right font-normal">Now</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, was, is]) => (
          <tr key={name} className="border-t border-line">
            <th scope="row" className="foreign py-0.5 text-left font-normal text-soft">
              {name}
            </th>
            <td className="py-0.5 text-right">{was}</td>
            <td className="py-0.5 text-right font-semibold">{is}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function figuresOf(figure: string, before: Figures | null, now: Figures | null): Row[] {
  const row = (name: string, say: (figures: Figures) => string | null): Row[] => {
    const [was, is] = [before, now].map((figures) => (figures === null ? null : say(figures)));
    return was === null && is === null ? [] : [[name, was ?? "–", is ?? "–"]];
  };
  const size = (value: number | null): string | null => (value === null ? null : saySize(figure, value));
  return [
    ...row("Middle (p50)", ({ p50 }) => size(p50)),
    ...row("Slow or long ones (p95)", ({ p95 }) => size(p95)),
    ...row("Share of calls", ({ share }) => (share === null ? null : sayShare(share))),
    ...row("Calls looked at", ({ samples }) => formatCount(samples)),
  ];
}

/** Mixes: each kind's part of the calls. */
function kindsOf(before: Figures | null, now: Figures | null): Row[] {
  const kinds = [...new Set([...Object.keys(before?.counts ?? {}), ...Object.keys(now?.counts ?? {})])];
  const part = (figures: Figures | null, kind: string): string => {
    if (figures?.counts === null || figures === null || figures.samples === 0) return "–";
    return sayShare((figures.counts[kind] ?? 0) / figures.samples);
  };
  return kinds.map((kind) => [kind, part(before, kind), part(now, kind)]);
}
