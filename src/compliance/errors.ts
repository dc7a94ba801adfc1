// What can be wrong with a wish for a report, and what its reader is told.
import { defineErrors } from "../kernel/index.ts";

export const complianceErrors = defineErrors("compliance", {
  unknown_framework: (p: { name: string; known: string }) => ({
    status: 404,
    message: `There is no framework \`${p.name}\`.`,
    fix: `Ask for one of these: ${p.known}.`,
  }),
  unknown_evidence: (p: { name: string; known: string }) => ({
    status: 404,
    message: `There is no evidence \`${p.name}\`.`,
    fix: `Ask for one of these: ${p.known}.`,
  }),
  bad_period: (p: { why: string }) => ({
    status: 400,
    message: `The time of the report does not do: ${p.why}.`,
    fix: "Give since_ms before until_ms, and no more time between them than compliance.period_max.",
  }),
  busy: (p: { most: number }) => ({
    status: 503,
    retry: "later",
    message: `${p.most} reports are being made already, which is as many as there may be.`,
    fix: "Try again when they are done; compliance.reports_at_once_max is the bound.",
  }),
});
