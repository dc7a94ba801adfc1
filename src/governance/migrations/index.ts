// Governance's migrations, in the order of their names.
import type { RoomMigrations } from "../../storage/index.ts";
import { createKeys } from "./0001-create-keys.ts";
import { createDirectory } from "./0002-create-directory.ts";
import { machineKeys } from "./0004-machine-keys.ts";

export const governanceMigrations: RoomMigrations = {
  room: "governance",
  migrations: {
    "0001-create-keys": createKeys,
    "0002-create-directory": createDirectory,
    "0004-machine-keys": machineKeys,
  },
};
