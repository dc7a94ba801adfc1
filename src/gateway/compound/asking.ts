// What every part of a compound call works with.
import type { AttemptDeps } from "../attempt.ts";
import type { Providers } from "../../providers/index.ts";
import type { IncomingCall } from "../incoming-call.ts";
import type { CompoundPlan, Plan } from "../routing/plan-shape.ts";
import type { Settlement } from "../settlement/settle.ts";
import type { HangUp } from "../watchkeeper.ts";
import type { AllowDeps } from "../target-limits/allow-next.ts";
import type { Bill } from "./bill.ts";

export interface CompoundDeps extends AttemptDeps, Pick<AllowDeps, "governance" | "pacing"> {
  providers: Pick<Providers, "price" | "worstCase">;
}

export interface Asking {
  plan: Plan;
  compound: CompoundPlan;
  incoming: IncomingCall;
  settlement: Settlement;
  hangUp: HangUp;
  bill: Bill;
}
