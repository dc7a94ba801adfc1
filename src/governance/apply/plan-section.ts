// What must be done for a section to stand as a file says: created, changed field by field, removed, or left.
import type { Writing } from "../changes/store.ts";
import { governanceErrors } from "../errors.ts";
import type { Principal } from "../principal.ts";
import { type Applied, CHANGES_TOLD_MAX, type PlannedChange } from "./contract.ts";
import { inSlices } from "./in-slices.ts";
import type { Named, Section, Settings, Wanted } from "./section.ts";

export interface SectionPlan {
  section: Section;
  put: Wanted[];
  remove: Named[];
  /** The same for people, as far as people read. */
  changes: PlannedChange[];
  counts: Applied["counts"];
  problems: string[];
}

export interface PlanSectionInput {
  given: ReadonlyMap<string, Settings>;
  prune: boolean;
  asker: Principal;
  writing: Writing | undefined;
  entriesMax: number;
}

/** With one question to the database. */
const READ_AT_ONCE = 200;

export async function planSection(section: Section, input: PlanSectionInput): Promise<SectionPlan> {
  const counts = { create: 0, change: 0, remove: 0, leave: 0, unchanged: 0 };
  const plan: SectionPlan = { section, put: [], remove: [], changes: [], counts, problems: [] };
  const defaults = section.entry.safeParse({}).data as Settings | undefined;
  const standing = await standingByName(section, input.writing, input.entriesMax);
  for await (const slice of inSlices(input.given, READ_AT_ONCE)) {
    const ids = slice.flatMap(([name]) => (standing.get(name) ?? []).map(({ id }) => id));
    const found = ids.length === 0 ? [] : await section.read(input.writing, ids);
    const byName = new Map(found.map((each) => [each.name, each]));
    for (const [name, settings] of slice) {
      const same = standing.get(name) ?? [];
      if (same.length > 1) plan.problems.push(describeTwins(section, same));
      else planWanted(plan, { name, settings, standing: byName.get(name) }, defaults);
    }
  }
  for await (const slice of inSlices(standing))
    for (const [name, all] of slice) if (!input.given.has(name)) for (const named of all) planOther(plan, named, input);
  return plan;
}

/** Throws `governance.state_too_large`. */
export async function standingByName(
  section: Section,
  writing: Writing | undefined,
  max: number,
): Promise<Map<string, Named[]>> {
  const byName = new Map<string, Named[]>();
  let count = 0;
  for await (const page of section.names(writing)) {
    count += page.length;
    if (count > max) throw governanceErrors.state_too_large({ section: section.name, max });
    for (const named of page) {
      const same = byName.get(named.name);
      if (same) same.push(named);
      else byName.set(named.name, [named]);
    }
  }
  return byName;
}

function planWanted(plan: SectionPlan, wanted: Wanted, defaults: Settings | undefined): void {
  const { name, settings, standing } = wanted;
  const fields = differences(standing?.settings ?? defaults ?? {}, settings);
  if (standing && fields.length === 0) {
    plan.counts.unchanged += 1;
    return;
  }
  plan.put.push(wanted);
  tell(plan, { section: plan.section.name, name, action: standing ? "change" : "create", fields });
}

function planOther(plan: SectionPlan, named: Named, { prune, asker }: PlanSectionInput): void {
  const said = { section: plan.section.name, name: named.name, fields: [] };
  const reason = prune ? plan.section.keeps?.(named, asker) : undefined;
  if (!prune || reason !== undefined)
    return tell(plan, { ...said, action: "leave", ...(reason !== undefined && { reason }) });
  plan.remove.push(named);
  tell(plan, { ...said, action: "remove" });
}

function tell({ changes, counts }: SectionPlan, change: PlannedChange): void {
  counts[change.action] += 1;
  if (changes.length < CHANGES_TOLD_MAX) changes.push(change);
}

function describeTwins({ name: section }: Section, same: readonly Named[]): string {
  const ids = same.map(({ id }) => id).join(", ");
  return `${section}.${same[0]?.name}: ${same.length} ${section} have this name (${ids}); rename or revoke the others`;
}

function differences(before: Settings, after: Settings): PlannedChange["fields"] {
  return Object.keys(after)
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }));
}
