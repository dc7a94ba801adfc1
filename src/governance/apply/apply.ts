// Applies a file: reads it, plans every section against what stands, and writes all of it or nothing.
import type { AuditEntry, AuditWriter } from "../../audit/index.ts";
import type { RevisionStore, Writing } from "../changes/store.ts";
import { governanceErrors } from "../errors.ts";
import type { Principal } from "../principal.ts";
import { type Applied, type Apply, CHANGES_TOLD_MAX, type Exported } from "./contract.ts";
import { inSlices } from "./in-slices.ts";
import { planSection, type SectionPlan, standingByName } from "./plan-section.ts";
import { type Given, readState } from "./read-state.ts";
import type { Section, Settings } from "./section.ts";

export interface Applying {
  /** Throws `governance.state_invalid`, `governance.state_changed`, and what the sections throw. */
  apply(input: Apply, asker: Principal): Promise<Applied>;
  export(): Promise<Exported>;
}

export interface ApplyingDeps {
  /** In the order in which they are put. */
  sections: readonly Section[];
  revisions: Pick<RevisionStore, "read">;
  write: RevisionStore["write"];
  audit: Pick<AuditWriter, "recordAll">;
  /** Of one section. */
  entriesMax: number;
}

/** Written with one statement. */
const PUT_AT_ONCE = 200;

export function createApplying({ sections, revisions, write, audit, entriesMax }: ApplyingDeps): Applying {
  async function planAll(given: Given, { prune }: Apply, { asker, writing }: Planning): Promise<SectionPlan[]> {
    const plans: SectionPlan[] = [];
    for (const [section, entries] of given)
      plans.push(await planSection(section, { given: entries, prune, asker, writing, entriesMax }));
    const problems = plans.flatMap((plan) => plan.problems);
    if (problems.length > 0) throw governanceErrors.state_invalid({ problems });
    return plans;
  }

  return {
    async apply(input, asker) {
      const given = await readState(input.state, sections, entriesMax);
      if (input.dry_run) {
        const revision = await revisions.read();
        const plans = await planAll(given, input, { asker, writing: undefined });
        return appliedFrom(plans, { dry_run: true, revision, secrets: {} });
      }
      return write(async (writing) => {
        // The revision before this change is the one of the plan.
        if (input.if_revision !== undefined && input.if_revision !== writing.revision - 1)
          throw governanceErrors.state_changed({});
        const plans = await planAll(given, input, { asker, writing });
        const secrets = await writeAll(plans, writing);
        await audit.recordAll(writing.transaction, auditedChanges(plans, writing.revision));
        return appliedFrom(plans, { dry_run: false, revision: writing.revision, secrets });
      });
    },
    async export() {
      const exported: Exported = { state: {}, revision: await revisions.read(), left_out: [] };
      for (const section of sections) {
        const standing = await standingByName(section, undefined, entriesMax);
        const state: Record<string, Settings> = (exported.state[section.name] = {});
        const defaults = (section.entry.safeParse({}).data ?? {}) as Settings;
        for await (const slice of inSlices(standing)) {
          const twins = slice.filter(([, { length }]) => length > 1);
          for (const [name, { length }] of twins)
            exported.left_out.push({ section: section.name, name, reason: `${length} have this name` });
          const ids = slice.flatMap(([, all]) => (all.length === 1 ? all.map(({ id }) => id) : []));
          for (const { name, settings } of await section.read(undefined, ids))
            state[name] = withoutDefaults(settings, defaults);
        }
      }
      return exported;
    },
  };
}

interface Planning {
  asker: Principal;
  writing: Writing | undefined;
}

async function writeAll(plans: readonly SectionPlan[], writing: Writing): Promise<Applied["secrets"]> {
  const secrets: Applied["secrets"] = {};
  for (const { section, put } of plans)
    for await (const slice of inSlices(put, PUT_AT_ONCE)) {
      const created = (await section.put(writing, slice)) ?? [];
      if (created.length === 0) continue;
      const ofSection = (secrets[section.name] ??= {});
      for (const { name, secret } of created) ofSection[name] = secret;
    }
  for (const { section, remove } of plans.toReversed()) if (remove.length > 0) await section.remove(writing, remove);
  return secrets;
}

/** One entry for each that was put or removed, and one for the whole. */
function auditedChanges(plans: readonly SectionPlan[], revision: number): AuditEntry[] {
  const told = plans.flatMap(({ section, put, remove }) => {
    const kind = section.name.replace(/s$/, "");
    const one = (name: string, action: string): AuditEntry => ({
      action: `${kind}.${action}`,
      resource: { type: kind, id: name },
      outcome: "ok",
      details: { by: "apply", revision },
    });
    return [...put.map(({ name }) => one(name, "apply")), ...remove.map(({ name }) => one(name, "remove"))];
  });
  const whole: AuditEntry = {
    action: "state.apply",
    resource: { type: "state", id: String(revision) },
    outcome: "ok",
    details: { changes: told.length },
  };
  return [...told, whole];
}

function withoutDefaults(settings: Settings, defaults: Settings): Settings {
  const said = Object.entries(settings).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(defaults[field]),
  );
  return Object.fromEntries(said);
}

function appliedFrom(plans: readonly SectionPlan[], rest: Pick<Applied, "dry_run" | "revision" | "secrets">): Applied {
  const sum = (of: keyof Applied["counts"]): number => plans.reduce((all, { counts }) => all + counts[of], 0);
  const changes = plans.flatMap((plan) => plan.changes);
  // What stays matters least.
  const sorted = [
    ...changes.filter(({ action }) => action !== "leave"),
    ...changes.filter(({ action }) => action === "leave"),
  ];
  return {
    ...rest,
    counts: {
      create: sum("create"),
      change: sum("change"),
      remove: sum("remove"),
      leave: sum("leave"),
      unchanged: sum("unchanged"),
    },
    changes: sorted.slice(0, CHANGES_TOLD_MAX),
  };
}
