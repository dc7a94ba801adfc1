// Which agent handed to which, as far as a trace's shape tells: an agent that works inside another was asked by it, through
// the tool between them if there is one; an agent that links to a span of another goes on with that one's work; and a
// tool that is called transfer or handoff, as agent kits name it, hands on to the agent that begins next beside it.
import type { HandOff } from "./contract.ts";
import type { Placed } from "./tree.ts";

export interface AgentRecord {
  id: string;
  span_id: string | null;
  started_at_ms: number;
  kind: string;
  agent: string | null;
  tool: string | null;
  linked_spans: string[] | null;
}

const HAND_OFF_TOOL = /hand.?(off|over)|transfer.?to/i;

type Found = Pick<HandOff, "from" | "to" | "via"> & { atMs: number };

/** Such tools that are looked at. */
const TRANSFERS_MAX = 1000;

/** In the order in which they first came about; at most `max`. */
export function findHandOffs<Item extends AgentRecord>(
  placed: readonly Placed<Item>[],
  { startMs, max }: { startMs: number; max: number },
): HandOff[] {
  const insides = placeInAgents(placed);
  const found = [...asked(insides), ...linked(insides), ...transfers(insides)];
  const grouped = new Map<string, HandOff>();
  for (const { from, to, via, atMs } of found.toSorted((one, other) => one.atMs - other.atMs)) {
    if (from === to) continue;
    const key = JSON.stringify([from, to, via]);
    const known = grouped.get(key);
    if (known) known.times += 1;
    else if (grouped.size < max) grouped.set(key, { from, to, via, times: 1, first_after_ms: atMs - startMs });
  }
  return [...grouped.values()];
}

interface Inside<Item> {
  item: Item;
  parent: Item | undefined;
  /** The nearest agent above it, and the nearest tool on the way there. */
  agentAbove: Item | undefined;
  via: string | null;
  /** That agent, or itself. */
  agent: Item | undefined;
}

/** Parents come before what hangs on them, so that each looks one step up. */
function placeInAgents<Item extends AgentRecord>(placed: readonly Placed<Item>[]): Map<Item, Inside<Item>> {
  const insides = new Map<Item, Inside<Item>>();
  for (const { item, parent } of placed) {
    const above = parent && insides.get(parent);
    const isUnderAgent = above?.item.agent !== null;
    insides.set(item, {
      item,
      parent,
      agentAbove: above?.agent,
      via: above && !isUnderAgent ? (above.item.tool ?? above.via) : null,
      agent: item.agent === null ? above?.agent : item,
    });
  }
  return insides;
}

type Insides<Item> = ReadonlyMap<Item, Inside<Item>>;

function asked<Item extends AgentRecord>(insides: Insides<Item>): Found[] {
  return [...insides.values()].flatMap(({ item, agentAbove, via }) =>
    item.agent !== null && agentAbove
      ? [{ from: agentAbove.agent ?? "", to: item.agent, via, atMs: item.started_at_ms }]
      : [],
  );
}

function linked<Item extends AgentRecord>(insides: Insides<Item>): Found[] {
  const bySpan = new Map([...insides.values()].map((inside) => [inside.item.span_id, inside]));
  return [...insides.keys()].flatMap((item) =>
    (item.linked_spans ?? []).flatMap((span) => {
      const from = bySpan.get(span)?.agent;
      if (!from || item.agent === null) return [];
      return [{ from: from.agent ?? "", to: item.agent, via: null, atMs: item.started_at_ms }];
    }),
  );
}

/** The tool's agent hands to the next agent that begins beside it. */
function transfers<Item extends AgentRecord>(insides: Insides<Item>): Found[] {
  const all = [...insides.values()];
  const agentsBeside = Map.groupBy(
    all.filter(({ item }) => item.agent !== null),
    ({ parent }) => parent,
  );
  const tools = all.filter(({ item }) => item.tool !== null && HAND_OFF_TOOL.test(item.tool));
  return tools.slice(0, TRANSFERS_MAX).flatMap(({ item, agent: from }) => {
    const beside = from && agentsBeside.get(insides.get(from)?.parent);
    const to = beside?.find((other) => other.item !== from && other.item.started_at_ms >= item.started_at_ms)?.item;
    return from && to ? [{ from: from.agent ?? "", to: to.agent ?? "", via: item.tool, atMs: to.started_at_ms }] : [];
  });
}
