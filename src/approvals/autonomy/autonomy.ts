// How much agents may do by themselves. Pure: the first rule that fits who calls and what would be done.
import { createNameMatch } from "../../kernel/index.ts";
import type { ApprovalsConfig, autonomyLevels } from "../config.ts";

export type AutonomyLevel = (typeof autonomyLevels)[number];

export interface Autonomy {
  /** Anybody may do anything: nothing need be looked at. */
  readonly isUnbounded: boolean;
  /** `names` are those of the agent: what it calls itself is none of them. */
  levelOf(names: readonly string[], action: string): AutonomyLevel;
  /** Nothing that it does is held, whatever it is. */
  mayDoAll(names: readonly string[]): boolean;
}

const isHeld = (level: AutonomyLevel): boolean => level === "suggest" || level === "approve";

export function createAutonomy({
  rules,
  otherwise,
}: Pick<ApprovalsConfig["autonomy"], "rules" | "otherwise">): Autonomy {
  const compiled = rules.map(({ agent, action, level }) => ({
    isOfAll: action === "*",
    fitsAgent: createNameMatch(agent),
    fitsAction: createNameMatch(action),
    level,
  }));
  return {
    isUnbounded: otherwise === "act" && rules.every(({ level }) => level === "act"),
    levelOf(names, action) {
      const rule = compiled.find(({ fitsAgent, fitsAction }) => fitsAction(action) && names.some(fitsAgent));
      return rule?.level ?? otherwise;
    },
    mayDoAll(names) {
      for (const { isOfAll, fitsAgent, level } of compiled) {
        if (!names.some(fitsAgent)) continue;
        if (isHeld(level)) return false;
        if (isOfAll) return true;
      }
      return !isHeld(otherwise);
    },
  };
}
