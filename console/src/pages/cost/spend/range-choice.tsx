// Over which time costs are shown: a month as bills have it, or any other stretch.
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { TimeRange } from "../../../components/inputs/range/time-range.tsx";
import { figureIn } from "../search.ts";
import { Segmented } from "../../../components/parts/segmented.tsx";

const here = getRouteApi("/cost");
const options = [
  { value: "month", label: "This month" },
  { value: "last-month", label: "Last month" },
  { value: "other", label: "Other" },
] as const;

export function RangeChoice() {
  const { range, from, to } = here.useSearch();
  const navigate = useNavigate({ from: "/cost" });
  const go = (time: { range?: typeof range; from?: number | undefined; to?: number | undefined }): void =>
    void navigate({
      search: (before) => ({ ...before, range: time.range, from: time.from?.toString(), to: time.to?.toString() }),
      replace: true,
    });
  const choice = range === undefined ? "month" : range === "last-month" ? range : "other";
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Segmented
        label="Time"
        options={options}
        value={choice}
        onChange={(next) => go(next === "month" ? {} : { range: next === "other" ? "7d" : next })}
      />
      {range !== undefined && range !== "last-month" && (
        <TimeRange value={{ range, from: figureIn(from), to: figureIn(to) }} onChange={(value) => go(value)} />
      )}
    </div>
  );
}
