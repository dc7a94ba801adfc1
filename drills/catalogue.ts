// All drills, in the order in which they are listed.
import { auditDrill } from "./audit/audit.ts";
import { approvalsDrill } from "./approvals/approvals.ts";
import { boundaryDrill } from "./boundary/boundary.ts";
import { booksDrill } from "./books/books.ts";
import { budgetDrill } from "./budget/budget.ts";
import { chunkingDrill } from "./chunking/chunking.ts";
import { consoleDrill } from "./console/console.ts";
import { crashDrill } from "./crash/crash.ts";
import { databaseDrill } from "./database/database.ts";
import { detectionDrill } from "./detection/detection.ts";
import { dialectsDrill } from "./dialects/dialects.ts";
import type { Drill } from "./drill.ts";
import { faultsDrill } from "./faults/faults.ts";
import { guardrailsDrill } from "./guardrails/guardrails.ts";
import { ingestDrill } from "./ingest/ingest.ts";
import { killswitchDrill } from "./killswitch/killswitch.ts";
import { failoverDrill } from "./reliability/failover.ts";
import { outageDrill } from "./reliability/outage.ts";
import { throttledDrill } from "./reliability/throttled.ts";
import { reloadDrill } from "./reload/reload.ts";
import { isolationDrill } from "./isolation/isolation.ts";
import { leasesOutageDrill } from "./leases-outage/leases-outage.ts";
import { meaningDrill } from "./routing/meaning/meaning.ts";
import { routingDrill } from "./routing/routing.ts";
import { sdksDrill } from "./sdks/sdks.ts";
import { limitsDrill } from "./limits/limits.ts";
import { semanticDrill } from "./semantic/semantic.ts";
import { scaleDrill } from "./scale/scale.ts";
import { soakDrill } from "./soak/soak.ts";
import { twoDrill } from "./two/two.ts";

export const drills: readonly Drill[] = [
  crashDrill,
  budgetDrill,
  ingestDrill,
  booksDrill,
  limitsDrill,
  databaseDrill,
  leasesOutageDrill,
  soakDrill,
  faultsDrill,
  twoDrill,
  dialectsDrill,
  chunkingDrill,
  failoverDrill,
  outageDrill,
  throttledDrill,
  sdksDrill,
  routingDrill,
  meaningDrill,
  semanticDrill,
  reloadDrill,
  detectionDrill,
  boundaryDrill,
  isolationDrill,
  scaleDrill,
  guardrailsDrill,
  auditDrill,
  killswitchDrill,
  approvalsDrill,
  consoleDrill,
];
