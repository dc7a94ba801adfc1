// The inks of a chart: tokens of styles.css, as classes for what is markup and as colours for what is canvas.

export type Tone = "ink" | "ok" | "warn" | "fail" | "off" | "pen" | 1 | 2 | 3 | 4 | 5 | 6;

export interface Ink {
  /** The token's name, without `--color-`. */
  token: string;
  /** Lengths of dash and gap in pixels; empty for a whole line. */
  dash: number[];
  background: string;
  text: string;
  stroke: string;
}

const inks: Record<Tone, Ink> = {
  ink: { token: "ink", dash: [], background: "bg-ink", text: "text-ink", stroke: "stroke-ink" },
  ok: { token: "ok", dash: [], background: "bg-ok", text: "text-ok", stroke: "stroke-ok" },
  warn: { token: "warn", dash: [], background: "bg-warn", text: "text-warn", stroke: "stroke-warn" },
  fail: { token: "fail", dash: [], background: "bg-fail", text: "text-fail", stroke: "stroke-fail" },
  off: { token: "off", dash: [], background: "bg-off", text: "text-off", stroke: "stroke-off" },
  pen: { token: "pen", dash: [], background: "bg-pen", text: "text-pen", stroke: "stroke-pen" },
  1: { token: "series-1", dash: [], background: "bg-series-1", text: "text-series-1", stroke: "stroke-series-1" },
  2: { token: "series-2", dash: [12, 3], background: "bg-series-2", text: "text-series-2", stroke: "stroke-series-2" },
  3: { token: "series-3", dash: [6, 3], background: "bg-series-3", text: "text-series-3", stroke: "stroke-series-3" },
  4: {
    token: "series-4",
    dash: [14, 3, 3, 3],
    background: "bg-series-4",
    text: "text-series-4",
    stroke: "stroke-series-4",
  },
  5: {
    token: "series-5",
    dash: [2.5, 2.5],
    background: "bg-series-5",
    text: "text-series-5",
    stroke: "stroke-series-5",
  },
  6: {
    token: "series-6",
    dash: [8, 3, 2, 3, 2, 3],
    background: "bg-series-6",
    text: "text-series-6",
    stroke: "stroke-series-6",
  },
};

export function inkOf(tone: Tone): Ink {
  return inks[tone];
}

/** The tone of a series that has none of its own: by its place, and from the seventh on the ink of what is beside the point. */
export function toneByPlace(place: number): Tone {
  return ([1, 2, 3, 4, 5, 6] as const)[place] ?? "off";
}

/** `percent` of a token over the sheet or over nothing, as a canvas writes it, in the theme that holds where `element` stands. */
export function readColour(
  element: HTMLElement,
  token: string,
  over: { percent: number; ground: "sheet" | "nothing" },
): string {
  const ground = over.ground === "sheet" ? "var(--color-sheet)" : "transparent";
  const probe = document.createElement("span");
  probe.style.color = `color-mix(in srgb, var(--color-${token}) ${over.percent}%, ${ground})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
