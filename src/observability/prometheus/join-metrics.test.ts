import { expect, test } from "bun:test";
import { joinMetrics } from "./join-metrics.ts";

const textOf = (worker: number, more = "") => `# HELP a Things
# TYPE a counter
a{worker="${worker}"} ${worker}

# HELP b Others
# TYPE b gauge
b{worker="${worker}"} 0
${more}`;

test("series of all processes stand below one heading a metric, in the order of the first", () => {
  expect(joinMetrics([textOf(1), textOf(2, '\n# HELP c More\n# TYPE c gauge\nc{worker="2"} 3\n')]))
    .toBe(`# HELP a Things
# TYPE a counter
a{worker="1"} 1
a{worker="2"} 2

# HELP b Others
# TYPE b gauge
b{worker="1"} 0
b{worker="2"} 0

# HELP c More
# TYPE c gauge
c{worker="2"} 3
`);
});

test("of OpenMetrics there is one end", () => {
  const open = (worker: number): string => `${textOf(worker).replace("\n\n", "\n").trimEnd()}\n# EOF\n`;
  const joined = joinMetrics([open(1), open(2)]);
  expect(joined.split("# EOF")).toHaveLength(2);
  expect(joined).toEndWith('b{worker="2"} 0\n# EOF\n');
  expect(joined).not.toContain("\n\n");
});

test("the text of one process stays as it is, and metrics without series are kept", () => {
  expect(joinMetrics([textOf(1)])).toBe(textOf(1));
  const empty = "# HELP a Things\n# TYPE a counter\n";
  expect(joinMetrics([empty, empty])).toBe(empty);
});
