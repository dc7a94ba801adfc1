// The columns of the tree: what each may still spend, what it spent, and how it is.
import { CapLine } from "../../../components/access/caps/cap-line.tsx";
import { tightest } from "../../../components/access/caps/caps-of.ts";
import { KindGlyph } from "../../../components/access/kind-glyph.tsx";
import { keyTones, rightsOf, stateOfKey } from "../../../components/access/keys/say-key.ts";
import { type Spend, spendDays } from "../../../components/access/use-spend.ts";
import { Age } from "../../../components/figures/moment.tsx";
import { StateWord } from "../../../components/figures/state-word.tsx";
import type { Column } from "../../../components/tables/columns/column.ts";
import { formatCount, formatUsd } from "../../../format/figures.ts";
import type { DirectoryNode } from "./build-tree.ts";

export type SpendOf = (node: DirectoryNode) => Spend | null;

export function columnsOf(spendOf: SpendOf): Column<DirectoryNode>[] {
  return [
    { id: "name", head: "Name", width: "minmax(13rem, 2.4fr)", cell: (node) => <Name node={node} /> },
    {
      id: "money",
      head: "Money left",
      width: "minmax(17rem, 2fr)",
      priority: 1,
      cell: ({ kind, caps }) =>
        kind === "people" ? null : <CapLine cap={tightest(caps, "money")} more={others(caps)} />,
    },
    { id: "window", head: "Renews", width: "6.5rem", priority: 3, cell: ({ caps }) => <Renewal caps={caps} /> },
    {
      id: "spent",
      head: `Spent, ${spendDays} days`,
      align: "end",
      width: "7.5rem",
      cell: (node) => {
        const spend = spendOf(node);
        return spend === null ? null : formatUsd(spend.usdMicros);
      },
    },
    {
      id: "limits",
      head: "Limits left",
      width: "minmax(11rem, 1.2fr)",
      priority: 3,
      cell: ({ caps }) => <Limits caps={caps} />,
    },
    {
      id: "flight",
      head: "In flight",
      align: "end",
      width: "5.5rem",
      priority: 3,
      cell: ({ caps }) => <InFlight caps={caps} />,
    },
    { id: "state", head: "State", width: "7.5rem", cell: (node) => <State node={node} /> },
  ];
}

type Caps = DirectoryNode["caps"];
const others = (caps: Caps): number => Math.max(0, caps.filter(({ unit }) => unit === "usd_micros").length - 1);

function Name({ node: { kind, name, key } }: { node: DirectoryNode }) {
  if (kind === "people") return <span className="text-soft">{name}</span>;
  return (
    <span className="inline-flex max-w-full items-center gap-1.5 align-bottom">
      <KindGlyph kind={kind} />
      <bdi className="min-w-0 truncate">{name}</bdi>
      {key !== undefined && <span className="text-fine text-soft">{rightsOf(key)}</span>}
    </span>
  );
}

function Renewal({ caps }: { caps: Caps }) {
  const cap = tightest(caps, "money");
  if (cap === null) return null;
  if (cap.renews_at_ms !== null) return <Age ms={cap.renews_at_ms} />;
  // Of what nothing was spent of the API says no time yet.
  return <span className="text-soft">{cap.every === "ever" ? "never" : `each ${cap.every}`}</span>;
}

function Limits({ caps }: { caps: Caps }) {
  const cap = tightest(caps, "limits");
  if (cap === null) return null;
  return (
    <span className={cap.left <= 0 ? "font-semibold text-fail" : ""}>
      {formatCount(cap.left)}
      <span className="font-normal text-soft">
        {" "}
        of {formatCount(cap.cap)} {cap.unit}/{cap.every}
      </span>
    </span>
  );
}

function InFlight({ caps }: { caps: Caps }) {
  const cap = caps.find(({ unit }) => unit === "calls_in_flight");
  if (cap === undefined) return null;
  return (
    <>
      {formatCount(cap.cap - cap.left)}
      <span className="text-soft"> of {formatCount(cap.cap)}</span>
    </>
  );
}

export function State({ node: { kind, key, entry, caps } }: { node: DirectoryNode }) {
  if (kind === "people") return null;
  if (key !== undefined) {
    const state = stateOfKey(key, Date.now());
    if (state !== "active") return <StateWord tone={keyTones[state]}>{state}</StateWord>;
  }
  if (entry?.disabled === true) return <StateWord tone="off">disabled</StateWord>;
  const money = tightest(caps, "money");
  if (money !== null && money.left <= 0) return <StateWord tone="fail">used up</StateWord>;
  if (money !== null && money.softMicros !== null && money.spent >= money.softMicros)
    return <StateWord tone="warn">past warning</StateWord>;
  const limit = tightest(caps, "limits");
  if (limit !== null && limit.left <= 0) return <StateWord tone="warn">at its limit</StateWord>;
  return <StateWord tone="ok">active</StateWord>;
}
