// The migrations of audit, in order.
import type { RoomMigrations } from "../../storage/index.ts";
import { createAuditTables } from "./0001-create-audit.ts";

export const auditMigrations: RoomMigrations = {
  room: "audit",
  migrations: { "0001-create-audit": createAuditTables },
};
