// The migrations of audit, in order.
import type { RoomMigrations } from "../../storage/index.ts";
import { createAuditTables } from "./0001-create-audit.ts";
import { keepCallsInBatches } from "./0002-calls-in-batches.ts";
import { letCallsGo } from "./0003-let-calls-go.ts";

export const auditMigrations: RoomMigrations = {
  room: "audit",
  migrations: {
    "0001-create-audit": createAuditTables,
    "0002-calls-in-batches": keepCallsInBatches,
    "0003-let-calls-go": letCallsGo,
  },
};
