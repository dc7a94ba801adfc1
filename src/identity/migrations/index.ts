// The migrations of identity, in order.
import type { RoomMigrations } from "../../storage/index.ts";
import { createPeopleTables } from "./0001-create-people.ts";
import { createScim } from "./0002-create-scim.ts";
import { callMembers } from "./0003-call-members.ts";

export const identityMigrations: RoomMigrations = {
  room: "identity",
  migrations: {
    "0001-create-people": createPeopleTables,
    "0002-create-scim": createScim,
    "0003-call-members": callMembers,
  },
};
