// The policies' migrations, in order.
import type { RoomMigrations } from "../../storage/index.ts";
import { createVersions } from "./0001-create-versions.ts";

export const policyMigrations: RoomMigrations = {
  room: "policy",
  migrations: { "0001-create-versions": createVersions },
};
