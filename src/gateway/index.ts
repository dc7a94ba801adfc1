// The gateway's front door: one model call, from admission to settlement.
export { type CacheScope, scopesOfSubject } from "./cache/index.ts";
export { type Answer, callIdOf } from "./complete.ts";
export { gatewayConfigSchema, type GatewayConfig, keptGatewayConfig } from "./config.ts";
export { gatewayErrors } from "./errors.ts";
export { gatewayMigrations } from "./migrations/index.ts";
export { createGateway, type Gateway, type OwnTargetHealth } from "./gateway.ts";
export type { IncomingCall } from "./incoming-call.ts";
export { priorities, type Priority } from "./queue/queue.ts";
export type { ChangeWish } from "./routes/index.ts";
export type { IncomingConnection, RealtimeConnection } from "./realtime/index.ts";
export { type AuditExecutions, createAuditExecutions } from "./executions/audit-executions.ts";
