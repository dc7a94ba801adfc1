// Each vendor: how it was found, what it is spoken to in, what can be called there, and how it did in the last day.
import { useMemo } from "react";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { SmallMultiples } from "../../../components/charts/small-multiples.tsx";
import { Panel } from "../../../components/figures/panel.tsx";
import { StateWord, type StateTone } from "../../../components/figures/state-word.tsx";
import { Empty } from "../../../components/frame/empty.tsx";
import { Loading } from "../../../components/parts/loading.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { formatCount, formatDuration, formatShare } from "../../../format/figures.ts";
import { useServices } from "../../../page/services.ts";
import { LimitsPanel } from "./limits-panel.tsx";
import { TargetsPanel } from "./targets-panel.tsx";
import { dayQuestion, useVendors, type VendorDay, type VendorsAnswer } from "./use-vendors.ts";

const hourMs = 3_600_000;

export function VendorsView() {
  const { data, error } = useVendors();
  if (error !== null && data === undefined) return <Notice problem={explainError(error)} />;
  if (data === undefined) return <Loading>Asking how the vendors did.</Loading>;
  if (data.vendors.length === 0) return <NoVendors />;
  return (
    <>
      <TargetsPanel />
      {data.vendors.map((day) => (
        <VendorPanel key={day.vendor.name} day={day} answer={data} />
      ))}
      <LimitsPanel />
    </>
  );
}

function NoVendors() {
  return (
    <Empty title="No vendor was found" code={"export OPENAI_API_KEY=…\nnpm start"}>
      A vendor is found by itself when its usual variable is set, or when its server answers on its usual port here;
      others stand in the configuration under <code>providers.vendors</code>.
    </Empty>
  );
}

function VendorPanel({ day, answer }: { day: VendorDay; answer: VendorsAnswer }) {
  const { api } = useServices();
  const { vendor, whole } = day;
  const charts = useMemo(() => chartsOf(day, answer), [day, answer]);
  const curl = curlFor(api.origin, "/metrics/series", {
    ...dayQuestion,
    since_ms: answer.sinceMs,
    bucket: "hour",
    vendor: vendor.name,
  });
  return (
    <Panel title={vendor.name} note={describeFound(vendor.found_by)} curl={curl} aside={<DayInWords whole={whole} />}>
      <div className="grid gap-3">
        <Facts day={day} />
        {whole === null ? (
          <p className="text-soft">No call went there in the last 24 hours.</p>
        ) : (
          <div>
            <SmallMultiples charts={charts} />
          </div>
        )}
      </div>
    </Panel>
  );
}

const describeFound = (foundBy: string): string =>
  foundBy === "config" ? "in the configuration" : foundBy === "built in" ? "built in" : `found by ${foundBy}`;

function DayInWords({ whole }: { whole: VendorDay["whole"] }) {
  if (whole === null) return <StateWord tone="off">not called</StateWord>;
  const share = whole.records === 0 ? 0 : whole.failed / whole.records;
  const tone: StateTone = share > 0.2 ? "fail" : share > 0.02 ? "warn" : "ok";
  const p95 = whole.duration?.p95_ms;
  return (
    <span className="mr-1.5 text-fine">
      <StateWord tone={tone}>
        {formatCount(whole.records)} calls, {formatShare(share)} % failed
        {typeof p95 === "number" && `, p95 ${formatDuration(p95)}`}
      </StateWord>
    </span>
  );
}

function Facts({ day: { vendor, models } }: { day: VendorDay }) {
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2">
      <div>
        <dt className="text-fine text-soft">Address</dt>
        <dd className="foreign font-mono text-fine">{vendor.base_url}</dd>
      </div>
      <div>
        <dt className="text-fine text-soft">Spoken to in</dt>
        <dd>{vendor.dialects.length === 0 ? "its own words only" : vendor.dialects.join(", ")}</dd>
      </div>
      <div>
        <dt className="text-fine text-soft">Models that are known</dt>
        <dd>
          {models.length === 0 ? (
            "none by name; others may be called too"
          ) : (
            <details>
              <summary>{formatCount(models.length)}</summary>
              <ul className="max-h-48 overflow-y-auto font-mono text-fine leading-5">
                {models.map(({ id, priced }) => (
                  <li key={id} className="foreign">
                    {id}
                    {!priced && <span className="font-sans text-soft"> no price</span>}
                  </li>
                ))}
              </ul>
            </details>
          )}
        </dd>
      </div>
    </dl>
  );
}

function chartsOf({ vendor: { name }, hours }: VendorDay, { sinceMs, untilMs }: VendorsAnswer) {
  const frame = { startMs: sinceMs, endMs: untilMs, stepMs: hourMs };
  return [
    {
      title: `Calls to ${name}`,
      unit: "calls an hour",
      kind: "bars" as const,
      ...frame,
      series: [{ name: "calls", points: hours.map(({ atMs, calls }) => [atMs, calls] as const) }],
    },
    {
      title: `Failed at ${name}`,
      unit: "share",
      kind: "bars" as const,
      ...frame,
      series: [
        {
          name: "failed",
          tone: "fail" as const,
          points: hours.map(({ atMs, calls, failed }) => [atMs, calls === 0 ? null : failed / calls] as const),
        },
      ],
    },
    {
      title: `p95 of ${name}`,
      unit: "ms",
      ...frame,
      series: [{ name: "p95", points: hours.map(({ atMs, p95Ms }) => [atMs, p95Ms] as const) }],
    },
  ];
}
