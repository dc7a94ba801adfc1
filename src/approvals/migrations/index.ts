// The migrations of approvals, in order.
import type { RoomMigrations } from "../../storage/index.ts";
import { createApprovals } from "./0001-create-approvals.ts";
import { indexSettled } from "./0002-index-settled.ts";

export const approvalsMigrations: RoomMigrations = {
  room: "approvals",
  migrations: { "0001-create-approvals": createApprovals, "0002-index-settled": indexSettled },
};
