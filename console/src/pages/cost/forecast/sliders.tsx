// What is changed of what the forecast assumes. It stands in the address, and is asked about once the slider rests.
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useEffect, useId, useState } from "react";
import { CheckField } from "../../../components/inputs/choices/check-field.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { type CostSearch, figureIn } from "../search.ts";

const here = getRouteApi("/cost");
const restMs = 250;

export interface Wish {
  traffic: number;
  /** 0 to 1; null as it was measured. */
  cacheShare: number | null;
  priceFactor: number;
  hasGrowth: boolean;
}

export function useWish(): Wish {
  const search = here.useSearch();
  const [traffic, cacheShare] = [figureIn(search.traffic), figureIn(search.cache_share)];
  const [priceFactor, { growth }] = [figureIn(search.price_factor), search];
  return {
    traffic: between(traffic ?? 1, 0.1, 100),
    cacheShare: cacheShare === undefined ? null : between(cacheShare, 0, 0.99),
    priceFactor: between(priceFactor ?? 1, 0, 1000),
    hasGrowth: growth !== "none",
  };
}

const between = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** As the API is asked: as it is, twice, ten times, and what is wished for. */
export function wishQuestion({ traffic, cacheShare, priceFactor, hasGrowth }: Wish) {
  const all = [...new Set([1, 2, 10, traffic])].toSorted((one, other) => one - other);
  return {
    traffic: all.join(","),
    ...(cacheShare !== null && { cache_share: cacheShare }),
    ...(priceFactor !== 1 && { price_factor: priceFactor }),
    ...(!hasGrowth && { growth: "none" as const }),
  };
}

export function Sliders({ wish, measured }: { wish: Wish; measured: number | undefined }) {
  const navigate = useNavigate({ from: "/cost" });
  const go = (change: Partial<CostSearch>): void =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const isChanged = wish.traffic !== 1 || wish.cacheShare !== null || wish.priceFactor !== 1 || !wish.hasGrowth;
  return (
    <div className="grid gap-4 pt-1">
      <Slider
        label="Traffic"
        value={Math.log10(wish.traffic)}
        min={-1}
        max={2}
        step={0.01}
        say={(value) => (trafficOf(value) === 1 ? "as now" : `${trafficOf(value)} times as much`)}
        onRest={(value) => go({ traffic: trafficOf(value) === 1 ? undefined : `${trafficOf(value)}` })}
      />
      <Slider
        label="Saved by caches"
        value={wish.cacheShare ?? measured ?? 0}
        min={0}
        max={0.99}
        step={0.01}
        say={(value) =>
          `${(value * 100).toFixed(wish.cacheShare === null ? 1 : 0)} %${wish.cacheShare === null ? ", as it was" : ""}`
        }
        onRest={(value) => go({ cache_share: `${round(value)}` })}
      />
      <Slider
        label="Prices, and the mix of models"
        value={wish.priceFactor}
        min={0.1}
        max={3}
        step={0.05}
        say={(value) => (round(value) === 1 ? "as charged" : `${round(value)} times what was charged`)}
        onRest={(value) => go({ price_factor: round(value) === 1 ? undefined : `${round(value)}` })}
      />
      <CheckField
        label="Growth that was measured goes on"
        value={wish.hasGrowth}
        onChange={(hasGrowth) => go({ growth: hasGrowth ? undefined : "none" })}
      />
      <div>
        <Button
          disabled={!isChanged}
          onClick={() => go({ traffic: undefined, cache_share: undefined, price_factor: undefined, growth: undefined })}
        >
          As it is
        </Button>
      </div>
    </div>
  );
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** Even steps of the slider are even factors; the figure has two digits that count. */
const trafficOf = (exponent: number): number => Number((10 ** exponent).toPrecision(2));

interface SliderProps {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  say: (value: number) => string;
  onRest: (value: number) => void;
}

function Slider({ label, value, min, max, step, say, onRest }: SliderProps) {
  const id = useId();
  /** Where the slider is while it moves. */
  const [moved, setMoved] = useState<number | null>(null);
  const shown = moved ?? value;
  useEffect(() => {
    if (moved === null) return;
    const timer = setTimeout(() => {
      onRest(moved);
      setMoved(null);
    }, restMs);
    return () => clearTimeout(timer);
    // Only a move begins the wait anew: what `onRest` does is the same each time.
  }, [moved]);
  return (
    <div className="grid gap-1">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <label htmlFor={id} className="font-semibold">
          {label}
        </label>
        <output htmlFor={id}>{say(shown)}</output>
      </div>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={shown}
        aria-valuetext={say(shown)}
        onChange={(event) => setMoved(Number(event.target.value))}
        className="h-6 w-full"
      />
    </div>
  );
}
