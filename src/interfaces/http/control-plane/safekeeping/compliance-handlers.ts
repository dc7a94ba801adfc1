// Compliance reports: frameworks, reports, single pieces of evidence. The same report as a page is in pages/report-page.ts.
import type { Compliance } from "../../../../compliance/index.ts";
import { actorOf } from "../../audit/audited.ts";
import type { Doors } from "../doors.ts";

export function complianceHandlers({ compliance: doors }: Doors, compliance: Compliance) {
  return {
    frameworks: doors.frameworks.handler(() => ({ frameworks: [...compliance.frameworks()] })),
    report: doors.report.handler(({ input: { format: _, ...wish }, context }) => {
      const { kind, id, name } = actorOf(context.principal);
      return compliance.report({ ...wish, by: { kind, id, name } });
    }),
    evidence: doors.evidence.handler(({ input: { id, ...period } }) => compliance.evidence(id, period)),
  };
}
