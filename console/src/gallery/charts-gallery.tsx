// Every chart and figure with its states: for those who build pages, and for whoever looks for what has gone crooked.
import type { ReactNode } from "react";
import { BarList } from "../components/charts/bar-list.tsx";
import { Meter } from "../components/charts/meter.tsx";
import { SmallMultiples } from "../components/charts/small-multiples.tsx";
import { Spark } from "../components/charts/spark.tsx";
import { TimeChart } from "../components/charts/time-chart.tsx";
import { Live } from "../components/figures/live.tsx";
import { Age, Moment } from "../components/figures/moment.tsx";
import { Money } from "../components/figures/money.tsx";
import { Panel } from "../components/figures/panel.tsx";
import { StateWord } from "../components/figures/state-word.tsx";
import { Stat } from "../components/figures/stat.tsx";
import { useNow } from "../page/use-now.ts";
import { course, hour, minute, models, openedAtMs } from "./invent-figures.ts";

const now = openedAtMs;
const day = { startMs: now - 24 * hour, endMs: now };
const curl = "curl -H 'Authorization: Bearer …' 'http://127.0.0.1:4100/api/v1/…'";

export function ChartsGallery() {
  return (
    <div className="flex flex-col gap-4">
      <Stats />
      <Lines />
      <Counts />
      <Multiples />
      <Lists />
      <States />
    </div>
  );
}

function Grid({ children, wide = false }: { children: ReactNode; wide?: boolean }) {
  const columns = wide ? "minmax(min(100%,34rem),1fr)" : "minmax(min(100%,13rem),1fr)";
  return (
    <div className="grid gap-4" style={{ gridTemplateColumns: `repeat(auto-fill, ${columns})` }}>
      {children}
    </div>
  );
}

function Stats() {
  const points = course({ seed: 3, count: 48, base: 40, swing: 30 }).map((value) => Math.round(value));
  return (
    <Grid>
      <Stat
        label="Calls an hour"
        value="1,348"
        usual={{ value: 1204, now: 1348, formatted: "1,204" }}
        spark={{ points, label: "Calls an hour over two days: 12 to 96, 48 now" }}
        href="#/calls"
      />
      <Stat
        label="Spend today"
        value={<Money micros={41_204_331} />}
        unit="USD"
        usual={{ value: 44, now: 41.2, formatted: "$44.02" }}
      />
      <Stat
        label="Time to first token, p95"
        value="4.81"
        unit="s"
        tone="warn"
        usual={{ value: 1, now: 4.2, formatted: "1.14 s" }}
        detail="Two targets of `careful` are slow since 13:20."
      />
      <Stat
        label="Calls that failed"
        value="4.2"
        unit="%"
        tone="fail"
        detail="Over the bound of 1 % for 12 minutes."
        spark={{
          points: [0, 0, 0, 0, null, null, 0, 0, 1, 3, 4.2],
          label: "Failed calls in percent: 0 to 4.2, 4.2 now",
        }}
      />
      <Stat label="Boundary" value="within" tone="ok" detail="All five signals are inside their bounds." />
      <Stat label="Guardrail findings" value={null} tone="off" detail="No guardrail is on." />
    </Grid>
  );
}

function Lines() {
  return (
    <Grid wide>
      <TimeChart
        title="Time to first token, p95"
        unit="ms"
        {...day}
        stepMs={10 * minute}
        series={[{ name: "p95", points: series({ seed: 5, base: 420, swing: 160, gaps: [40, 52] }) }]}
        usual={series({ seed: 6, base: 380, swing: 60 })}
        usualRange={series({ seed: 6, base: 380, swing: 60 }).map(([ms, value]) => [ms, value * 0.75, value * 1.3])}
        bounds={[{ value: 900, label: "objective", tone: "warn" }]}
        marks={[
          { atMs: now - 9 * hour, label: "revision 41" },
          { atMs: now - 8.6 * hour, label: "revision 42" },
          { atMs: now - 3 * hour, label: "revision 43" },
        ]}
        bands={[{ fromMs: now - 6 * hour, toMs: now - 4.8 * hour, label: "vendor incident", tone: "fail" }]}
        curl={curl}
        onZoom={() => {}}
        onPoint={() => {}}
      />
      <TimeChart
        title="Time to first token by model, p95"
        unit="ms"
        {...day}
        series={models.map((name, index) => ({
          name,
          points: series({ seed: index + 11, base: 300 + index * 420, swing: 120 + index * 60 }),
        }))}
        curl={curl}
      />
      <TimeChart
        title="Cache hits"
        unit="share"
        {...day}
        kind="area"
        series={[{ name: "share", points: series({ seed: 21, base: 0.4, swing: 0.2, gaps: [100, 110] }) }]}
        bounds={[{ value: 0.9, label: "possible", tone: "off" }]}
      />
      <LiveChart />
    </Grid>
  );
}

/** Moves on each second, so that whatever jumps is seen to. */
function LiveChart() {
  const nowMs = useNow(1000);
  const first = Math.floor(nowMs / 3000) * 3000 - 300_000;
  const points = Array.from({ length: 101 }, (_, index): [number, number] => {
    const at = first + index * 3000;
    return [at, 30 + 20 * Math.sin(at / 40_000) + 9 * Math.sin(at / 7000)];
  });
  return (
    <TimeChart
      title="Calls in flight"
      unit="calls"
      startMs={nowMs - 300_000}
      endMs={nowMs}
      series={[{ name: "in flight", points }]}
    />
  );
}

function Counts() {
  const perModel = models.slice(0, 4).map((name, index) => ({
    name,
    points: series({ seed: index + 31, base: 900 / (index + 1), swing: 500 / (index + 1), every: 60 }).map(
      ([ms, value]): [number, number] => [ms, Math.round(value)],
    ),
  }));
  const outcomes = [
    { name: "ok", tone: "ok" as const, points: perModel[0]?.points ?? [] },
    {
      name: "refused",
      tone: "warn" as const,
      points: perModel[3]?.points.map(([ms, value]): [number, number] => [ms, Math.round(value / 4)]) ?? [],
    },
    {
      name: "failed",
      tone: "fail" as const,
      points: perModel[2]?.points.map(([ms, value], index): [number, number] => [ms, index === 17 ? value : 0]) ?? [],
    },
  ];
  return (
    <Grid wide>
      <TimeChart
        title="Calls an hour by outcome"
        unit="calls"
        {...day}
        kind="bars"
        series={outcomes}
        curl={curl}
        onZoom={() => {}}
      />
      <TimeChart
        title="Spend an hour by model"
        unit="usd_micros"
        {...day}
        kind="bars"
        series={perModel.map((one) => ({
          ...one,
          points: one.points.map(([ms, value]) => [ms, value * 4801] as const),
        }))}
        curl={curl}
      />
      <TimeChart
        title="Tokens by model"
        unit="tokens"
        {...day}
        kind="stack"
        series={perModel.map((one) => ({
          ...one,
          points: one.points.map(([ms, value]) => [ms, value * 911] as const),
        }))}
      />
      <TimeChart
        title="Journal"
        unit="bytes"
        startMs={now - 30 * 24 * hour}
        endMs={now}
        kind="bars"
        stepMs={24 * hour}
        series={[
          {
            name: "journal",
            points: Array.from(
              { length: 30 },
              (_, index) =>
                [now - (30 - index) * 24 * hour, index === 12 ? null : 3_400_000 + index * 211_000] as const,
            ),
          },
        ]}
      />
    </Grid>
  );
}

function Multiples() {
  const charts = models.map((name, index) => ({
    title: name,
    unit: "share",
    ...day,
    series: [
      { name: "failed", points: series({ seed: index + 51, base: 0.006 * (index + 1), swing: 0.004 * (index + 1) }) },
    ],
    bounds: [{ value: 0.03, label: "bound", tone: "warn" as const }],
  }));
  return (
    <Panel title="Failed calls by model" note="one scale, one cursor">
      <SmallMultiples charts={charts} sharedScale />
    </Panel>
  );
}

function Lists() {
  const spend = [412_331_004, 208_114_920, 96_400_112, 4_201_900, 310_004, 0];
  const all = spend.reduce((sum, one) => sum + one, 0);
  return (
    <Grid wide>
      <Panel title="Spend by model" curl={curl}>
        <BarList
          label="Models by spend"
          head="Model"
          unit="USD"
          rows={models.map((label, index) => ({
            key: label,
            label,
            value: spend[index] ?? 0,
            formatted: `$${((spend[index] ?? 0) / 1e6).toFixed(6)}`,
            href: "#/calls",
            share: (spend[index] ?? 0) / all,
            note: index === 1 ? "by two vendors" : undefined,
          }))}
        />
      </Panel>
      <Panel title="Budgets">
        <div className="flex flex-col gap-3">
          <Meter
            label="Team research"
            value={12.4}
            max={50}
            formatted="$12.40 of $50.00"
            marks={[{ value: 40, label: "warns at 80 %" }]}
          />
          <Meter
            label="Team support"
            value={43.1}
            max={50}
            tone="warn"
            formatted="$43.10 of $50.00"
            marks={[{ value: 40, label: "warns at 80 %" }]}
            note="At this pace used up on 26 November."
          />
          <Meter
            label="Project mail"
            value={20}
            max={20}
            tone="fail"
            formatted="$20.00 of $20.00"
            note="Calls are refused until 1 December."
          />
          <Meter label="Key of the nightly job" value={0} max={5} formatted="$0.00 of $5.00" />
          <Meter label="Organisation" value={312} max={null} formatted="$312.04, no limit" />
        </div>
      </Panel>
      <Panel title="Refusals by reason" curl={curl}>
        <BarList label="Refusals by reason" unit="calls" rows={[]} empty="Nothing was refused in this time." />
      </Panel>
      <Panel
        title="Recent refusals"
        problem={
          { message: "The database does not answer.", fix: "Wait: `binnacle doctor` says what is wrong." } as never
        }
      >
        never shown
      </Panel>
    </Grid>
  );
}

function States() {
  return (
    <Grid wide>
      <TimeChart
        title="Nothing came"
        unit="calls"
        {...day}
        series={[{ name: "calls", points: [] }]}
        empty="No calls in this time. Widen the range, or send one."
        curl={curl}
      />
      <TimeChart title="Still loading" unit="calls" {...day} series={[]} loading />
      <TimeChart
        title="One figure"
        unit="calls"
        {...day}
        stepMs={hour}
        series={[{ name: "calls", points: [[now - 5 * hour, 4]] }]}
      />
      <TimeChart
        title="Only zeros, and a bound far away"
        unit="usd_micros"
        {...day}
        series={[{ name: "spend", points: series({ seed: 2, base: 0, swing: 0 }) }]}
        bounds={[{ value: 5_000_000, label: "daily limit", tone: "fail" }]}
      />
      <TimeChart
        title="Much of it: a week by the minute"
        unit="tokens/s"
        startMs={now - 7 * 24 * hour}
        endMs={now}
        series={[1, 2, 3].map((seed) => ({
          name: `target ${seed}`,
          points: course({ seed, count: 10_080, base: 60 * seed, swing: 50 }).map(
            (value, index) => [now - (10_080 - index) * minute, value] as const,
          ),
        }))}
      />
      <TimeChart
        title="Thirty series, and names that are long"
        unit="ms"
        {...day}
        series={Array.from({ length: 30 }, (_, index) => ({
          name: `a-model-with-a-rather-long-name-${index}`,
          points: series({ seed: index + 90, base: 100 + 30 * index, swing: 20 }),
        }))}
      />
      <Panel title="Words and figures">
        <div className="flex flex-wrap gap-x-6 gap-y-2">
          <StateWord tone="ok">closed</StateWord>
          <StateWord tone="warn">half open</StateWord>
          <StateWord tone="fail">open</StateWord>
          <StateWord tone="off">paused</StateWord>
          <Live connected updatedAtMs={now} />
          <Live connected={false} updatedAtMs={now - 61_000} />
          <Live connected={false} updatedAtMs={null} />
          <Moment ms={now - 3 * minute} />
          <Moment ms={now - 50 * hour} />
          <Age ms={now - 3 * minute} />
          <Age ms={now + 5 * hour} />
          <Money micros={12_345_678_901} />
          <Money micros={1204} />
          <Money micros={null} />
          <Spark points={[1, 4, 2, 8, 5, 7]} label="Six figures, 1 to 8, 7 now" />
          <Spark points={[]} label="No figures" />
        </div>
      </Panel>
    </Grid>
  );
}

interface SeriesOptions {
  seed: number;
  base: number;
  swing: number;
  /** Minutes between two points. */
  every?: number;
  /** From one place to another nothing is known. */
  gaps?: [number, number];
}

function series({ every = 10, gaps, ...shape }: SeriesOptions): [number, number][] {
  const count = Math.floor((24 * 60) / every);
  const first = Math.ceil((now - 24 * hour) / (every * minute)) * every * minute;
  return course({ ...shape, count }).flatMap((value, index): [number, number][] =>
    gaps !== undefined && index > gaps[0] && index < gaps[1] ? [] : [[first + index * every * minute, value]],
  );
}
