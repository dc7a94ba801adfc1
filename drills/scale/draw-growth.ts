// How long what is asked takes, over the number of records, as small charts side by side: both axes by powers of ten, the promised
// bound as a dashed line. An SVG without anything from outside, readable on light and dark.

export interface Growth {
  count: number;
  /** Milliseconds, by what is asked. */
  medians: Record<string, number>;
  bounds: Record<string, number>;
}

const [COLUMNS, WIDTH, HEIGHT, GAP] = [5, 190, 120, 16];
const [LEFT, TOP, BOTTOM] = [34, 26, 18];
const MS = { least: 1, most: 10_000 };

export function drawGrowth(growth: readonly Growth[]): string {
  const sorted = growth.toSorted((one, other) => one.count - other.count);
  const names = Object.keys(sorted.at(-1)?.medians ?? {});
  const rows = Math.ceil(names.length / COLUMNS);
  const [width, height] = [COLUMNS * (WIDTH + GAP) + GAP, rows * (HEIGHT + GAP) + GAP];
  const charts = names.map((name, index) => {
    const [x, y] = [GAP + (index % COLUMNS) * (WIDTH + GAP), GAP + Math.floor(index / COLUMNS) * (HEIGHT + GAP)];
    return `<g transform="translate(${x} ${y})">${chartOf(name, sorted)}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img"
  aria-label="How long questions take, by the number of records" font-family="system-ui, sans-serif" font-size="9.5">
<style>text{fill:#555}.name{fill:#222;font-size:10.5px}.line{fill:none;stroke:#0b6e8a;stroke-width:1.8}.dot{fill:#0b6e8a}
.bound{stroke:#b3261e;stroke-dasharray:3 3}.axis{stroke:#8884}
@media (prefers-color-scheme:dark){text{fill:#aaa}.name{fill:#eee}.line{stroke:#6ec6dd}.dot{fill:#6ec6dd}.bound{stroke:#ff8a80}}</style>
${charts.join("\n")}
</svg>
`;
}

function chartOf(name: string, growth: readonly Growth[]): string {
  const counts = growth.map(({ count }) => Math.log10(count));
  const [first, last] = [counts[0] ?? 0, counts.at(-1) ?? 1];
  const xOf = (count: number): number =>
    LEFT + ((Math.log10(count) - first) / Math.max(0.001, last - first)) * (WIDTH - LEFT - 26);
  const yOf = (ms: number): number => {
    const share = Math.log10(Math.max(ms, MS.least) / MS.least) / Math.log10(MS.most / MS.least);
    return TOP + (1 - Math.min(1, share)) * (HEIGHT - TOP - BOTTOM);
  };
  const points = growth.flatMap(({ count, medians }) => {
    const ms = medians[name];
    return ms === undefined ? [] : [{ x: xOf(count), y: yOf(ms), ms, count }];
  });
  const bound = growth.at(-1)?.bounds[name];
  const end = points.at(-1);
  return [
    `<text class="name" x="0" y="10">${escapeText(name.replace(/^dashboard: /, ""))}</text>`,
    ...[1, 10, 100, 1000, 10_000].map(
      (ms) =>
        `<line class="axis" x1="${LEFT}" x2="${WIDTH}" y1="${yOf(ms)}" y2="${yOf(ms)}"/>` +
        `<text x="${LEFT - 4}" y="${yOf(ms) + 3}" text-anchor="end">${ms >= 1000 ? `${ms / 1000} s` : `${ms} ms`}</text>`,
    ),
    bound === undefined ? "" : `<line class="bound" x1="${LEFT}" x2="${WIDTH}" y1="${yOf(bound)}" y2="${yOf(bound)}"/>`,
    `<polyline class="line" points="${points.map(({ x, y }) => `${x},${y}`).join(" ")}"/>`,
    ...points.map(
      ({ x, y, count }) =>
        `<circle class="dot" cx="${x}" cy="${y}" r="2.4"/><text x="${x}" y="${HEIGHT - 4}" text-anchor="middle">${countOf(count)}</text>`,
    ),
    end ? `<text class="name" x="${end.x + 4}" y="${end.y - 4}">${Math.round(end.ms)}</text>` : "",
  ].join("");
}

function countOf(count: number): string {
  return count >= 1e6 ? `${Math.round(count / 1e6)} M` : `${Math.round(count / 1e3)} k`;
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
