// The migrations of drift, in order.
import type { RoomMigrations } from "../../storage/index.ts";
import { createDriftTables } from "./0001-create-drift.ts";

export const driftMigrations: RoomMigrations = {
  room: "drift",
  migrations: { "0001-create-drift": createDriftTables },
};
