// A page as those hear it who do not see it: the tree that the browser gives to screen readers, read for what makes one lost.
import type { Page } from "playwright-core";

interface Heard {
  id: string;
  parent: string | undefined;
  role: string;
  name: string;
  level: number | undefined;
  isOff: boolean;
}

/** What takes an action or a value, and so must say what it is. */
const CONTROLS =
  "button link textbox searchbox combobox checkbox radio switch slider spinbutton tab menuitem option listbox".split(
    " ",
  );
/** What is jumped to, or stands for what is seen only. */
const PLACES = "navigation complementary region dialog alertdialog image img figure table grid treegrid".split(" ");
const NAMED = new Set([...CONTROLS, ...PLACES]);
const TABLES = new Set(["table", "grid", "treegrid"]);

/** What of the page would leave a listener lost, each in a few words. */
export async function faultsHeard(page: Page): Promise<string[]> {
  const nodes = await readTree(page);
  const unnamed = nodes.filter(({ role, name }) => NAMED.has(role) && name === "");
  const headless = nodes.filter(({ role, id }) => TABLES.has(role) && !hasHeads(nodes, id));
  return [
    ...faultsOfPlace(nodes),
    ...faultsOfHeadings(nodes),
    ...unnamed.map(({ role }) => `a ${role} without a name`),
    ...headless.map(({ role, name }) => `the ${role} "${name}" has no headings`),
  ];
}

/** The names of all buttons that can be pressed. */
export async function buttonsHeard(page: Page): Promise<string[]> {
  return (await readTree(page)).filter(({ role, isOff }) => role === "button" && !isOff).map(({ name }) => name);
}

function faultsOfPlace(nodes: readonly Heard[]): string[] {
  const mains = nodes.filter(({ role }) => role === "main").length;
  const navigations = nodes.filter(({ role }) => role === "navigation").map(({ name }) => name);
  const twice = navigations.filter((name, place) => navigations.indexOf(name) !== place);
  return [...(mains === 1 ? [] : [`${mains} mains`]), ...twice.map((name) => `two navigations are called "${name}"`)];
}

function faultsOfHeadings(nodes: readonly Heard[]): string[] {
  const headings = nodes.filter(({ role }) => role === "heading");
  const firsts = headings.filter(({ level }) => level === 1).length;
  const skips = headings.flatMap(({ name, level = 0 }, place) => {
    const before = headings[place - 1]?.level ?? 0;
    return level > before + 1 ? [`the heading "${name}" of level ${level} comes after one of ${before}`] : [];
  });
  const empty = headings.filter(({ name }) => name === "").map(() => "a heading without words");
  return [...(firsts === 1 ? [] : [`${firsts} headings of the first level`]), ...skips, ...empty];
}

/** One without any rows yet has no need of them. */
function hasHeads(nodes: readonly Heard[], table: string): boolean {
  const parents = new Map(nodes.map(({ id, parent }) => [id, parent]));
  const isInside = (id: string | undefined): boolean => id !== undefined && (id === table || isInside(parents.get(id)));
  return nodes.some(({ role, id }) => (role === "columnheader" || role === "rowheader") && isInside(id));
}

async function readTree(page: Page): Promise<Heard[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  // Nodes that say nothing stand between the others, and lead from one to the next.
  return nodes.map(({ nodeId, parentId, ignored, role, name, properties = [] }) => {
    const valueOf = (wanted: string): unknown => properties.find((each) => each.name === wanted)?.value.value;
    const level = valueOf("level");
    return {
      id: nodeId,
      parent: parentId,
      role: ignored ? "" : String(role?.value ?? ""),
      name: String(name?.value ?? "").trim(),
      level: typeof level === "number" ? level : undefined,
      isOff: valueOf("disabled") === true,
    };
  });
}
