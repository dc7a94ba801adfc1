// The migrations of views, in the order of their names.
import type { RoomMigrations } from "../../storage/index.ts";
import { createViewsTable } from "./0001-create-views.ts";

export const viewsMigrations: RoomMigrations = {
  room: "views",
  migrations: { "0001-create-views": createViewsTable },
};
