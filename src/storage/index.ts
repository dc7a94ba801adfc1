// Storage's front door: PostgreSQL (embedded or given), migrations, the home folder and its lock.
export type { RoomMigrations, Storage, StorageState } from "./storage-contract.ts";
export { storageConfigSchema, type StorageConfig } from "./config.ts";
export { storageErrors } from "./errors.ts";
export { createFollower, type Follower } from "./follow.ts";
export { inTurn } from "./in-turn.ts";
export { openHome, type Home } from "./home.ts";
export { createStorage, type StorageDeps } from "./storage.ts";
export { makeSecretFile, readOrMakeSecretFile } from "./secret-file.ts";
export { isDataFault, isServerFault, isTimeOut } from "./connection/faults.ts";
export { waitingForDatabase } from "./connection/waiting.ts";
export { createWithDatabase, type WithDatabase } from "./connection/with-database.ts";
