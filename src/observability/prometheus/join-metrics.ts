// Prometheus texts of several processes as one: their series stand side by side, each metric with its heading once.

const END = "# EOF\n";

/** The texts are of one format, and must not have a series in common: a label tells whose it is. */
export function joinMetrics([first = "", ...others]: readonly string[]): string {
  if (others.length === 0) return first;
  const isOpenMetrics = first.endsWith(END);
  const metrics = new Map<string, string>();
  for (const text of [first, ...others])
    for (const metric of withoutEnd(text).split(/^(?=# HELP )/m)) {
      const name = /^# HELP (\S+)/.exec(metric)?.[1] ?? "";
      const series = metric.trimEnd();
      const before = metrics.get(name);
      metrics.set(name, before === undefined ? series : `${before}\n${withoutHeading(series)}`.trimEnd());
    }
  return isOpenMetrics ? `${[...metrics.values()].join("\n")}\n${END}` : `${[...metrics.values()].join("\n\n")}\n`;
}

function withoutEnd(text: string): string {
  return text.endsWith(END) ? text.slice(0, -END.length) : text;
}

function withoutHeading(metric: string): string {
  return metric
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .join("\n");
}
