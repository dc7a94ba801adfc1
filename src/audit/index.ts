// Audit's front door: who did what, kept so that an outsider can check it. Wire shapes and routes are in contract.ts.
export { type Audit, type AuditDeps, createAudit } from "./audit.ts";
export { auditConfigSchema, type AuditConfig } from "./config.ts";
export type { Acting } from "./acting/acting.ts";
export type { ExecutedCall } from "./calls/call-note.ts";
export type { ComparedRecords, SaidRecord } from "./calls/judge-calls.ts";
export type { Actor, AuditEntry, JsonValue } from "./entries/entry.ts";
export { type AuditWriter, unaudited } from "./entries/writer.ts";
export { type AuditFormat, auditFormats, type TrailFile } from "./exporting/export-trail.ts";
export { verifyExport, type VerifiedExport } from "./verifying/verify-export.ts";
export { auditErrors } from "./errors.ts";
export { auditMigrations } from "./migrations/index.ts";
export type { Finding, FindingKind, Verified } from "./verifying/findings.ts";
