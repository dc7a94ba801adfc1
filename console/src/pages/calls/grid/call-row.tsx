// One call in the list. The whole row opens the record; the model's name is a true link, for new tabs and screen readers.
import { memo, type MouseEvent } from "react";
import type { CallSummary } from "../../../../../src/ledger/contract.ts";
import { clipText } from "../../../format/clip-text.ts";
import { formatCount, formatMs, formatUsd } from "../../../format/figures.ts";
import { formatClock, formatOtherDay } from "../../../format/moments.ts";
import { Cost } from "../../../components/parts/cost.tsx";
import { Outcome } from "../../../components/parts/outcome.tsx";
import { ModelName } from "./model-name.tsx";

type Marked = "A" | "B" | null;

interface CallRowProps {
  call: CallSummary;
  /** Position in the whole list, from 0. */
  index: number;
  offset: number;
  height: number;
  href: string;
  state: "open" | "cursor" | "none";
  isNew: boolean;
  /** Marked to be compared. */
  mark: Marked;
  todayMs: number;
  onOpen: (id: string) => void;
  onMark: (id: string) => void;
}

const looks = {
  open: "bg-tide shadow-[inset_3px_0_0_var(--color-pen)]",
  cursor: "bg-shoal shadow-[inset_3px_0_0_var(--color-pen)]",
  none: "hover:bg-shoal",
};

export const CallRow = memo(function CallRow(props: CallRowProps) {
  const { call, index, offset, height, state, mark } = props;
  const open = (event: MouseEvent): void => {
    // Another button or a modifier is the browser's own way to open a link.
    if (event.metaKey || event.ctrlKey || event.shiftKey || getSelection()?.isCollapsed === false) return;
    event.preventDefault();
    props.onOpen(call.id);
  };
  return (
    <div
      role="row"
      id={rowId(call.id)}
      aria-rowindex={index + 2}
      aria-label={sayCall(call, mark)}
      aria-current={state === "open" ? "true" : undefined}
      onClick={open}
      className={`call-row group cursor-pointer absolute inset-x-0 top-0 border-b border-line ${looks[state]} ${props.isNew ? "call-row-new" : ""}`}
      style={{ height, transform: `translateY(${offset}px)` }}
    >
      <Cells {...props} />
    </div>
  );
});

function Cells({ call, href, todayMs, mark, onMark }: CallRowProps) {
  const { tokens, timings, who } = call;
  const otherDay = formatOtherDay(call.started_at_ms, todayMs);
  return (
    <>
      <span role="gridcell" className="cell-time text-soft">
        <Mark mark={mark} onMark={() => onMark(call.id)} />
        {otherDay !== null && `${otherDay} `}
        <span className="text-ink">{formatClock(call.started_at_ms)}</span>
      </span>
      <span role="gridcell" className="cell-outcome flex">
        <Outcome outcome={call.outcome} />
      </span>
      <span role="gridcell" className="cell-status text-soft">
        {call.status}
      </span>
      <span role="gridcell" className="cell-model font-medium">
        <a href={href} tabIndex={-1}>
          <ModelName call={call} />
        </a>
      </span>
      <span role="gridcell" className="cell-why text-soft">
        {describeWhy(call)}
      </span>
      <span role="gridcell" className="cell-who">
        <bdi>{who.key_name}</bdi>
        {who.user !== null && <bdi className="text-soft"> {who.user}</bdi>}
      </span>
      <span role="gridcell" className="cell-input figure">
        {tokens.source === "unknown" ? "–" : formatCount(tokens.input)}
      </span>
      <span role="gridcell" className="cell-output figure">
        {tokens.source === "unknown" ? "–" : formatCount(tokens.output)}
      </span>
      <span role="gridcell" className="cell-cost figure">
        <Cost call={call} />
      </span>
      <span role="gridcell" className="cell-first figure text-soft">
        {timings.first_token_ms === null ? "–" : formatMs(timings.first_token_ms)}
      </span>
      <span role="gridcell" className="cell-total figure">
        {formatMs(timings.total_ms)}
        <span className="unit"> ms</span>
      </span>
    </>
  );
}

/** In the margin of the row; `x` does the same. */
function Mark({ mark, onMark }: { mark: CallRowProps["mark"]; onMark: () => void }) {
  const look =
    mark === null ? "text-soft opacity-0 group-hover:opacity-100 hover:text-ink" : "bg-pen font-semibold text-on-pen";
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-pressed={mark !== null}
      aria-label="Mark to compare"
      title="x"
      onClick={(event) => {
        event.stopPropagation();
        onMark();
      }}
      className={`absolute inset-y-0 left-0 w-4 text-center text-fine leading-none ${look}`}
    >
      {mark ?? "+"}
    </button>
  );
}

/** The row in one breath, for those who hear it: what it is first, and each figure with what it counts. */
function sayCall(
  { model, outcome, started_at_ms: startedMs, who, tokens, ...call }: CallSummary,
  mark: Marked,
): string {
  const hasTokens = tokens.source !== "unknown";
  return [
    mark === null ? null : `${mark}, to be compared`,
    clipText(model),
    outcome,
    formatClock(startedMs),
    call.error === null ? null : clipText(call.error.message),
    who.key_name,
    who.user,
    hasTokens && `${formatCount(tokens.input)} tokens in, ${formatCount(tokens.output)} tokens out`,
    call.cost.usd_micros === null ? hasTokens && "no price" : formatUsd(call.cost.usd_micros),
    `${formatMs(call.timings.total_ms)} ms`,
  ]
    .filter(Boolean)
    .join(", ");
}

/** The reason, or the error; the route's name only where the caller called it something else. */
function describeWhy({ error, route, model }: CallSummary): string {
  if (error !== null) return clipText(error.message);
  return route.name === model ? route.reason : `${route.name}: ${route.reason}`;
}

/** The element id of a call's row, for `aria-activedescendant`. */
export function rowId(callId: string): string {
  return `call-${callId}`;
}
