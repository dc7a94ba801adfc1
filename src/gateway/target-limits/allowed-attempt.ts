// An attempt for which its target has room: what was held and taken for it.
import type { Hold } from "../../governance/index.ts";
import type { Turn } from "../pacing/lanes.ts";
import type { PlannedAttempt } from "../routing/plan-shape.ts";

export interface AllowedAttempt extends PlannedAttempt {
  /** Undefined where its target has no caps. */
  hold?: Hold | undefined;
  /** Undefined where the vendor's own limits are not looked at. */
  turn?: Turn | undefined;
}
