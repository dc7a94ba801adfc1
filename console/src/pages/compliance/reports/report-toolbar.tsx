// Which framework, and over which time; and the button that makes the report.
import { Button } from "../../../components/parts/button.tsx";
import { Segmented } from "../../../components/parts/segmented.tsx";
import { formatDate } from "../../../format/moments.ts";
import { useAddress } from "../address.ts";
import { useFrameworks, useReport } from "./use-report.ts";

const dayMs = 86_400_000;
const usualDays = 90;
const periods = ["30", "90", "180", "365"] as const;
const periodOptions = periods.map((value) => ({ value, label: `${value} d` }));

export function ReportToolbar({ framework }: { framework: string }) {
  const { search, goTo } = useAddress();
  const frameworks = useFrameworks();
  const report = useReport(framework);
  const days = search.days ?? usualDays;
  const make = (): void => {
    const to = Date.now();
    goTo({ from: to - days * dayMs, to, open: undefined });
  };
  const { from, to } = search;
  return (
    <>
      <select
        aria-label="Framework"
        value={framework}
        onChange={({ target }) => goTo({ framework: target.value, from: undefined, to: undefined, open: undefined })}
        className="min-h-8 min-w-0 rounded-md border border-control bg-sheet px-1.5 md:min-h-7"
      >
        {(frameworks.data ?? []).map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
      <Segmented<(typeof periods)[number]>
        label="Time that a report is about"
        options={periodOptions}
        value={periods.find((each) => Number(each) === days) ?? "90"}
        onChange={(value) => goTo({ days: Number(value) === usualDays ? undefined : Number(value) }, true)}
      />
      <Button kind={from === undefined ? "primary" : "plain"} onClick={make} disabled={report.isFetching}>
        {report.isFetching ? "Gathering the evidence" : from === undefined ? "Make the report" : "Make it anew"}
      </Button>
      {from !== undefined && to !== undefined && (
        <span className="text-fine text-soft">{`${formatDate(from)} to ${formatDate(to)}`}</span>
      )}
    </>
  );
}
