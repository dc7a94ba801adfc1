// Storage's front door: PostgreSQL (embedded or given), migrations, the home folder and its lock.
export type { RoomMigrations, Storage, StorageState } from "./storage-contract.ts";
