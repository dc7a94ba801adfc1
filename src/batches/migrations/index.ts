// The migrations of files and batches, in order.
import type { RoomMigrations } from "../../storage/index.ts";
import { createBatchTables } from "./0001-create-batches.ts";
import { keepOutputLifetime } from "./0002-keep-output-lifetime.ts";
import { sealContent } from "./0003-seal-content.ts";

export const batchesMigrations: RoomMigrations = {
  room: "batches",
  migrations: {
    "0001-create-batches": createBatchTables,
    "0002-keep-output-lifetime": keepOutputLifetime,
    "0003-seal-content": sealContent,
  },
};
