// The figures of two calls as a table, and how the second differs from the first.
import type { ReactNode } from "react";
import type { CallDetail } from "../../../../../src/ledger/contract.ts";
import { Moment } from "../../../components/figures/moment.tsx";
import { Cost } from "../../../components/parts/cost.tsx";
import { Outcome } from "../../../components/parts/outcome.tsx";
import { clipText } from "../../../format/clip-text.ts";
import { formatCount, formatDuration, formatUsd } from "../../../format/figures.ts";

interface CompareFiguresProps {
  before: CallDetail;
  after: CallDetail;
  hrefOf: (id: string) => string;
}

interface Line {
  name: string;
  draw: (call: CallDetail) => ReactNode;
  /** What is subtracted. */
  value?: (call: CallDetail) => number | null;
  format?: (value: number) => string;
}

const lines: readonly Line[] = [
  { name: "Began", draw: (call) => <Moment ms={call.started_at_ms} /> },
  { name: "Outcome", draw: (call) => <Outcome outcome={call.outcome} /> },
  { name: "Answered by", draw: (call) => <span className="foreign">{call.answer?.target ?? "nobody"}</span> },
  { name: "Route", draw: (call) => <span className="foreign">{call.route.name || "none"}</span> },
  { name: "Attempts", draw: (call) => formatCount(call.attempts.length), value: (call) => call.attempts.length },
  {
    name: "Total",
    draw: (call) => formatDuration(call.timings.total_ms),
    value: (call) => call.timings.total_ms,
    format: formatDuration,
  },
  {
    name: "First token",
    draw: (call) => (call.timings.first_token_ms === null ? "–" : formatDuration(call.timings.first_token_ms)),
    value: (call) => call.timings.first_token_ms,
    format: formatDuration,
  },
  {
    name: "Tokens in",
    draw: (call) => tokens(call, call.tokens.input),
    value: (call) => known(call, call.tokens.input),
  },
  {
    name: "of it from the vendor's cache",
    draw: (call) => tokens(call, call.tokens.cache_read),
    value: (call) => known(call, call.tokens.cache_read),
  },
  {
    name: "Tokens out",
    draw: (call) => tokens(call, call.tokens.output),
    value: (call) => known(call, call.tokens.output),
  },
  {
    name: "of it reasoning",
    draw: (call) => tokens(call, call.tokens.reasoning),
    value: (call) => known(call, call.tokens.reasoning),
  },
  { name: "Cost", draw: (call) => <Cost call={call} />, value: (call) => call.cost.usd_micros, format: formatUsd },
  { name: "Finished", draw: (call) => <span className="foreign">{call.answer?.finish_reason ?? "–"}</span> },
  { name: "Cache", draw: (call) => call.cache },
];

const known = ({ tokens: { source } }: CallDetail, count: number): number | null =>
  source === "unknown" ? null : count;
const tokens = (call: CallDetail, count: number): string => (known(call, count) === null ? "–" : formatCount(count));

export function CompareFigures({ before, after, hrefOf }: CompareFiguresProps) {
  return (
    <table aria-label="Figures of both calls" className="w-full max-w-4xl table-fixed border-collapse">
      <thead>
        <tr className="text-left">
          <td className="w-[24%]" />
          <Head letter="A" call={before} href={hrefOf(before.id)} />
          <Head letter="B" call={after} href={hrefOf(after.id)} />
          <th scope="col" className="w-[24%] pb-1 text-right text-fine font-normal text-soft">
            B against A
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.name} className="border-t border-line align-baseline">
            <th
              scope="row"
              className={`py-1 pr-2 text-left font-normal text-soft ${line.name.startsWith("of it") ? "pl-4" : ""}`}
            >
              {line.name}
            </th>
            <td className="py-1 pr-2">{line.draw(before)}</td>
            <td className="py-1 pr-2">{line.draw(after)}</td>
            <td className="py-1 text-right">{describeDifference(line, before, after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Head({ letter, call, href }: { letter: string; call: CallDetail; href: string }) {
  return (
    <th scope="col" className="pr-2 pb-1 font-normal">
      <span className="text-soft">{letter} </span>
      <a href={href} className="foreign font-semibold text-pen underline underline-offset-2">
        {clipText(call.model)}
      </a>
    </th>
  );
}

function describeDifference({ value, format = formatCount }: Line, before: CallDetail, after: CallDetail): string {
  const [one, other] = [value?.(before) ?? null, value?.(after) ?? null];
  if (one === null || other === null) return "";
  if (one === other) return "same";
  return `${other > one ? "+" : "−"}${format(Math.abs(other - one))}`;
}
