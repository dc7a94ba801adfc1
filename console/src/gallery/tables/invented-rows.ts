// Rows for the gallery: keys as they might be, the same each time.

export interface InventedKey {
  id: string;
  name: string;
  team: string;
  model: string;
  calls: number;
  spent_micros: number;
  state: "active" | "expiring" | "revoked";
}

export interface InventedSpan {
  id: string;
  name: string;
  ms: number;
  children: InventedSpan[];
}

const teams = ["Search", "Support", "Growth", "Platform", "خدمة العملاء"];
const models = ["fast", "careful", "sim/sim-small", "anthropic/claude-sonnet"];

export function inventKeys(count: number): InventedKey[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `key_${index}`,
    name: index % 17 === 3 ? `a-name-that-goes-on-and-on-and-on-for-no-good-reason-${index}` : `build-bot-${index}`,
    team: teams[index % teams.length] ?? "",
    model: models[(index * 7) % models.length] ?? "",
    calls: (index * 7919) % 100_003,
    spent_micros: (index * 1_299_709) % 900_000_000,
    state: index % 23 === 0 ? "revoked" : index % 11 === 0 ? "expiring" : "active",
  }));
}

/** A trace of so many spans: wide at the top, with a deep chain in it. */
export function inventSpans(count: number): InventedSpan[] {
  const root: InventedSpan = { id: "s0", name: "plan a holiday", ms: count * 3, children: [] };
  const all = [root];
  for (let index = 1; index < count; index++) {
    const parent = all[index % 3 === 0 ? Math.floor(index / 4) : Math.max(0, index - (index % 40))] ?? root;
    const span = {
      id: `s${index}`,
      name: index % 5 === 0 ? "search the web" : `step ${index}`,
      ms: (index * 37) % 900,
      children: [],
    };
    parent.children.push(span);
    all.push(span);
  }
  return [root];
}
