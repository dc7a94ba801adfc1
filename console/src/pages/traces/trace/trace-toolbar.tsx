// Above a trace: what it came to, what of it is listed, and what is looked for in it.
import { useEffect, useId, useRef, useState } from "react";
import type { TraceDetail } from "../../../../../src/ledger/contract.ts";
import { Moment } from "../../../components/figures/moment.tsx";
import { Money } from "../../../components/figures/money.tsx";
import { StateGlyph } from "../../../components/figures/state-word.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { Segmented } from "../../../components/parts/segmented.tsx";
import { formatCount, formatDuration } from "../../../format/figures.ts";
import { useShortcuts } from "../../../page/shortcuts.ts";
import type { TraceView } from "./use-trace-view.ts";

interface ToolbarProps {
  trace: TraceDetail;
  view: TraceView;
  isWide: boolean;
}

export function TraceToolbar({ trace, view, isWide }: ToolbarProps) {
  const { search, change } = view.address;
  return (
    <div className="grid gap-2 border-b border-line bg-sheet px-4 py-2">
      <Totals trace={trace} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        {!isWide && (
          <Segmented
            label="View"
            value={search.view ?? "tree"}
            onChange={(chosen) => change({ view: chosen === "tree" ? undefined : chosen })}
            options={[
              { value: "tree", label: "Tree" },
              { value: "timeline", label: "Timeline" },
              { value: "record", label: view.open === undefined ? "Overview" : "Record" },
            ]}
          />
        )}
        {(isWide || search.view !== "record") && (
          <>
            <Find view={view} />
            <Failures view={view} />
            <Narrowing view={view} />
          </>
        )}
      </div>
    </div>
  );
}

/** What is listed, and how many levels of it are open at first. */
function Narrowing({ view: { address } }: { view: TraceView }) {
  const { search, change } = address;
  return (
    <>
      <Segmented
        label="Listed are"
        value={search.show ?? "all"}
        onChange={(chosen) => change({ show: chosen === "all" ? undefined : chosen })}
        options={[
          { value: "all", label: "All" },
          { value: "waited", label: "Waited for" },
          { value: "failed", label: "Failed" },
        ]}
      />
      <label className="inline-flex items-center gap-1.5">
        <span className="text-fine text-soft">Levels</span>
        <select
          value={search.depth ?? "all"}
          onChange={({ target }) => change({ depth: target.value === "all" ? undefined : Number(target.value) })}
          className="min-h-7 rounded-md bg-shoal px-1.5 hover:bg-tide"
        >
          {["1", "2", "3", "all"].map((value) => (
            <option key={value} value={value}>
              {value}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

function Totals({ trace: { totals } }: { trace: TraceDetail }) {
  const {
    records,
    failed,
    calls,
    tokens,
    cost_usd_micros: micros,
    started_at_ms: startMs,
    ended_at_ms: endMs,
  } = totals;
  const all = [
    ["Took", formatDuration(endMs - startMs), false],
    ["Cost", <Money key="cost" micros={micros} />, false],
    ["Tokens", `${formatCount(tokens.input)} → ${formatCount(tokens.output)}`, true],
    ["Calls", formatCount(calls), true],
    ["Records", `${formatCount(records)}${totals.cut ? "+" : ""}`, true],
    ["Failed", formatCount(failed), true],
    ["Started", <Moment key="started" ms={startMs} />, false],
  ] as const;
  return (
    <dl aria-label="What the trace came to" className="flex flex-wrap gap-x-5 gap-y-1">
      {all.map(([name, value, isMinor]) => (
        <div key={name} className={`items-baseline gap-1.5 ${isMinor ? "hidden sm:flex" : "flex"}`}>
          <dt className="text-fine text-soft">{name}</dt>
          <dd className="font-semibold">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Looked for as it is typed, among what the page has already; Enter goes from one to the next. */
function Find({ view }: { view: TraceView }) {
  const { address, found, goAmong, open } = view;
  const find = address.search.find ?? "";
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(find);
  useEffect(() => setTyped(find), [find]);
  useShortcuts({ "/": () => field.current?.focus() });
  const place = found.findIndex((node) => node.id === open?.id);
  return (
    <div role="search" className="flex min-w-0 flex-[1_1_11rem] sm:max-w-72 items-center gap-2">
      <label htmlFor={id} className="visually-hidden">
        Find in the trace
      </label>
      <input
        ref={field}
        id={id}
        type="search"
        value={typed}
        placeholder="Find in the trace"
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setTyped(event.target.value);
          address.change({ find: event.target.value === "" ? undefined : event.target.value });
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") goAmong(found, event.shiftKey ? -1 : 1);
        }}
        className="min-h-7 min-w-0 flex-1 rounded-md border border-control bg-sheet px-2 placeholder:text-soft"
      />
      {find !== "" && (
        <span role="status" className="text-fine whitespace-nowrap text-soft">
          {place >= 0
            ? `${formatCount(place + 1)} of ${formatCount(found.length)}`
            : `${formatCount(found.length)} found`}
        </span>
      )}
    </div>
  );
}

function Failures({ view: { failed, goAmong } }: { view: TraceView }) {
  if (failed.length === 0) return null;
  return (
    <Button onClick={() => goAmong(failed, 1)} title="e; back with Shift">
      <StateGlyph tone="fail" />
      Next failed, of {formatCount(failed.length)}
    </Button>
  );
}
