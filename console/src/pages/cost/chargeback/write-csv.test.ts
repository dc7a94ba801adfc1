// What is charged back is exact, and harmless to open.
import { expect, test } from "bun:test";
import { monthsUntil } from "./months.ts";
import { dollars, writeCsv } from "./write-csv.ts";

const row = {
  records: 3,
  failed: 0,
  refused: 0,
  tokens: { input: 10, output: 5, cache_read: 0, cache_write: 0, reasoning: 0 },
  cost_usd_micros: 12_000_345,
  saved_usd_micros: 0,
  wasted_usd_micros: 7,
  unpriced: 1,
  is_rest: false,
  share: 1,
};

test("each figure is the API's, and a name that is a formula is taken for a name", () => {
  const [month] = monthsUntil(Date.UTC(2026, 10, 22));
  const text = writeCsv({
    costs: {
      since_ms: Date.UTC(2026, 10, 1),
      until_ms: Date.UTC(2026, 10, 22),
      rows: [{ ...row, key: { team: '=1+1,"x"' } }],
    },
    month: month ?? { name: "" },
    by: "team",
    nameOf: (_, value) => value ?? "none",
  });
  const [head, line] = text.split("\n");
  expect(head).toBe(
    "month,from,until,team,name,records,input_tokens,output_tokens,cost_usd_micros,cost_usd,saved_usd_micros,wasted_usd_micros,unpriced_records",
  );
  expect(line).toBe(
    `2026-11,2026-11-01T00:00:00.000Z,2026-11-22T00:00:00.000Z,"'=1+1,""x""","'=1+1,""x""",3,10,5,12000345,12.000345,0,7,1`,
  );
});

test("dollars keep all six places", () => {
  expect([dollars(0), dollars(5), dollars(-1_500_000)]).toEqual(["0.000000", "0.000005", "-1.500000"]);
});

test("months begin by UTC and reach over the turn of the year", () => {
  const months = monthsUntil(Date.UTC(2026, 0, 5));
  expect(months.slice(0, 2).map(({ name, isOver }) => [name, isOver])).toEqual([
    ["2026-01", false],
    ["2025-12", true],
  ]);
  expect(months[1]?.until_ms).toBe(Date.UTC(2026, 0, 1));
});
