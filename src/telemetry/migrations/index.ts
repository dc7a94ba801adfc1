// The migrations of telemetry, in order.
import type { RoomMigrations } from "../../storage/index.ts";
import { createMetricTables } from "./0001-create-metrics.ts";

export const telemetryMigrations: RoomMigrations = {
  room: "telemetry",
  migrations: { "0001-create-metrics": createMetricTables },
};
