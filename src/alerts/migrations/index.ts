// The migrations of alerts, in order.
import type { RoomMigrations } from "../../storage/index.ts";
import { createAlertTables } from "./0001-create-alerts.ts";
import { createScoreTable } from "./0002-keep-scores.ts";

export const alertsMigrations: RoomMigrations = {
  room: "alerts",
  migrations: { "0001-create-alerts": createAlertTables, "0002-keep-scores": createScoreTable },
};
