// The leases' migrations, in the order of their names.
import type { RoomMigrations } from "../../storage/index.ts";
import { createLeases } from "./0001-create-leases.ts";
import { drainBuckets } from "./0002-drain-buckets.ts";

export const leasesMigrations: RoomMigrations = {
  room: "leases",
  migrations: { "0001-create-leases": createLeases, "0002-drain-buckets": drainBuckets },
};
