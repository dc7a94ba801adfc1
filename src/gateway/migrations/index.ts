// The gateway's migrations, in order.
import type { RoomMigrations } from "../../storage/index.ts";
import { createCacheTables } from "./0001-create-cache.ts";
import { createRouteTables } from "./0002-create-routes.ts";
import { createCacheQuestions } from "./0003-create-cache-questions.ts";

export const gatewayMigrations: RoomMigrations = {
  room: "gateway",
  migrations: {
    "0001-create-cache": createCacheTables,
    "0002-create-routes": createRouteTables,
    "0003-create-cache-questions": createCacheQuestions,
  },
};
