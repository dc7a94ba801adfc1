// The migrations of the vault, in order.
import type { RoomMigrations } from "../../storage/index.ts";
import { createVaultTables } from "./0001-create-vault.ts";

export const vaultMigrations: RoomMigrations = {
  room: "vault",
  migrations: { "0001-create-vault": createVaultTables },
};
