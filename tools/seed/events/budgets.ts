// Budgets with various levels left: their caps are set by what was spent, so that the levels are the same whatever the size.
import type { ProjectName } from "../harbour/directory.ts";
import type { Stage } from "./happening.ts";

const USD_MICROS = 1e6;

const levels: readonly { project: ProjectName; used: number }[] = [
  { project: "translations", used: 0.92 },
  { project: "invoice-reading", used: 0.61 },
  { project: "code-review", used: 0.34 },
];

/** At the end of the week. */
export async function setLevels(stage: Stage): Promise<void> {
  for (const level of levels) await capAt(stage, { ...level, every: "ever" });
}

interface Level {
  project: ProjectName;
  used: number;
  every: "ever" | "month";
}

async function capAt({ owner }: Stage, { project, used, every }: Level): Promise<void> {
  const spent = await spentBy(owner, project);
  const usd = Math.max(0.0001, Math.ceil(spent / used) / USD_MICROS);
  await owner.projects.update({ name: project, budgets: [{ usd, every, when_short: "refuse" }] });
}

/** Micro-dollars. */
async function spentBy(owner: Stage["owner"], project: ProjectName): Promise<number> {
  const { budgets } = await owner.budgets({ limit: 200 });
  const own = budgets.find(({ whose, unit }) => unit === "usd_micros" && whose.includes(project));
  return own?.spent ?? 0;
}
