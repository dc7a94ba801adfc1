// The leases' migrations, in the order of their names.
import type { RoomMigrations } from "../../storage/index.ts";
import { createLeases } from "./0001-create-leases.ts";

export const leasesMigrations: RoomMigrations = {
  room: "leases",
  migrations: { "0001-create-leases": createLeases },
};
