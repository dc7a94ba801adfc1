// The columns of the list of keys.
import { CapLine } from "../../components/access/caps/cap-line.tsx";
import { tightest } from "../../components/access/caps/caps-of.ts";
import { KindGlyph } from "../../components/access/kind-glyph.tsx";
import { keyTones, ownersOf, rightsOf } from "../../components/access/keys/say-key.ts";
import { type Spend, spendDays } from "../../components/access/use-spend.ts";
import { Age } from "../../components/figures/moment.tsx";
import { StateWord } from "../../components/figures/state-word.tsx";
import type { Column } from "../../components/tables/columns/column.ts";
import { formatCount, formatUsd } from "../../format/figures.ts";
import type { KeyRow } from "./key-rows.ts";

const byText = (textOf: (row: KeyRow) => string) => (a: KeyRow, b: KeyRow) => textOf(a).localeCompare(textOf(b));
const byFigure = (figureOf: (row: KeyRow) => number | null) => (a: KeyRow, b: KeyRow) =>
  (figureOf(a) ?? 0) - (figureOf(b) ?? 0);

const firstColumns: Column<KeyRow>[] = [
  {
    id: "name",
    head: "Key",
    width: "minmax(9rem, 2fr)",
    cell: ({ key }) => <bdi>{key.name}</bdi>,
    sort: byText(({ key }) => key.name),
  },
  {
    id: "owner",
    head: "For",
    width: "minmax(9.5rem, 2.4fr)",
    cell: ({ key }) => <Owners row={key} />,
    sort: byText(({ key }) => ownersOf(key)[0]?.name ?? ""),
  },
  {
    id: "may",
    head: "May",
    width: "minmax(6.5rem, 1fr)",
    cell: ({ key }) => rightsOf(key),
    sort: byText(({ key }) => rightsOf(key)),
  },
  {
    id: "made",
    head: "Made",
    width: "5rem",
    priority: 3,
    cell: ({ key }) => <Age ms={key.created_at_ms} />,
    sort: byFigure(({ key }) => key.created_at_ms),
  },
  {
    id: "used",
    head: "Last used",
    width: "5rem",
    cell: ({ key }) =>
      key.last_used_at_ms === null ? <span className="text-soft">never</span> : <Age ms={key.last_used_at_ms} />,
    sort: byFigure(({ key }) => key.last_used_at_ms),
  },
  {
    id: "expires",
    head: "Expires",
    width: "5rem",
    priority: 3,
    cell: ({ key }) =>
      key.expires_at_ms === null ? <span className="text-soft">never</span> : <Age ms={key.expires_at_ms} />,
    sort: byFigure(({ key }) => key.expires_at_ms ?? Number.MAX_SAFE_INTEGER),
  },
  {
    id: "left",
    head: "Left of its own caps",
    width: "minmax(13rem, 1.2fr)",
    cell: (row) => <Left row={row} />,
  },
];

const stateColumn: Column<KeyRow> = {
  id: "state",
  head: "State",
  width: "6.5rem",
  priority: 1,
  cell: ({ key, state }) => (
    <StateWord tone={keyTones[state]}>
      {state}
      {state === "active" && key.previous_until_ms !== null && " (two secrets)"}
    </StateWord>
  ),
  sort: byText(({ state }) => state),
};

export function columnsOf(spend: ReadonlyMap<string, Spend> | undefined): Column<KeyRow>[] {
  const spentOf = ({ key }: KeyRow): number | null =>
    spend === undefined ? null : (spend.get(key.id)?.usdMicros ?? 0);
  const spent: Column<KeyRow> = {
    id: "spent",
    head: `Spent, ${spendDays} days`,
    align: "end",
    width: "7.5rem",
    priority: 1,
    cell: (row) => {
      const micros = spentOf(row);
      return micros === null ? null : formatUsd(micros);
    },
    sort: byFigure(spentOf),
  };
  return [...firstColumns, spent, stateColumn];
}

function Owners({ row }: { row: KeyRow["key"] }) {
  return ownersOf(row).map(({ kind, name }) => (
    <span key={kind} className="mr-2.5 inline-flex max-w-full items-center gap-1 align-bottom">
      <KindGlyph kind={kind} />
      <bdi className="min-w-0 truncate">{name}</bdi>
    </span>
  ));
}

function Left({ row: { caps } }: { row: KeyRow }) {
  const money = tightest(caps, "money");
  if (money !== null) return <CapLine cap={money} more={caps.length - 1} />;
  const limit = tightest(caps, "limits");
  if (limit === null) return null;
  return (
    <>
      {formatCount(limit.left)}
      <span className="text-soft">
        {" "}
        of {formatCount(limit.cap)} {limit.unit}/{limit.every}
      </span>
    </>
  );
}
