// Governance's migrations, in the order of their names.
import type { RoomMigrations } from "../../storage/index.ts";
import { createKeys } from "./0001-create-keys.ts";
import { createDirectory } from "./0002-create-directory.ts";
import { knowOrganisations } from "./0003-know-organisations.ts";
import { machineKeys } from "./0004-machine-keys.ts";
import { createSwitches } from "./0005-create-switches.ts";

export const governanceMigrations: RoomMigrations = {
  room: "governance",
  migrations: {
    "0001-create-keys": createKeys,
    "0002-create-directory": createDirectory,
    "0003-know-organisations": knowOrganisations,
    "0004-machine-keys": machineKeys,
    "0005-create-switches": createSwitches,
  },
};
