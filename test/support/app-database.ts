// A database with the tables of all rooms, as the program makes them: what a whole app is started on in a test.
import { appMigrations } from "../../src/app.ts";
import { startMigratedDatabase, type TestDatabase } from "./database.ts";

export const startAppDatabase = (): Promise<TestDatabase> => startMigratedDatabase("app", appMigrations);
