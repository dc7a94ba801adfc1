// What a worker is told when it is started: which one it is, and where the others are. By the environment, which only its
// own user can read, for the address of the database holds a password.
import { join } from "node:path";
import { z } from "zod";
import { workerSchema } from "./contract.ts";
import { workersErrors } from "./errors.ts";

const placeSchema = z.strictObject({
  number: z.int().min(2),
  count: z.int().min(1),
  port: z.int().min(1).max(65_535),
  tlsPort: z.int().min(1).max(65_535).nullable(),
  databaseUrl: z.string(),
  role: workerSchema.shape.role,
});
export type Place = z.infer<typeof placeSchema>;

const NAME = "BINNACLE_WORKER";
/** Not a number, for those change their meaning when more workers are wanted. */
export const AIDE_FOLDER = "aide";

export function placeToEnv(place: Place): Record<string, string> {
  return { [NAME]: JSON.stringify(place) };
}

/** Undefined for the first process. Throws `workers.place_unreadable`. */
export function placeFromEnv(env: Record<string, string | undefined>): Place | undefined {
  const text = env[NAME];
  if (text === undefined) return undefined;
  try {
    return placeSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw workersErrors.place_unreadable({ name: NAME }, cause);
  }
}

/** Its data folder, below that of the installation. */
export function folderOf({ number, role }: Place): string {
  return join("workers", role === "aide" ? AIDE_FOLDER : String(number));
}

/** The settings that follow from it, over whatever the config says. */
export function settingsOf({ port, databaseUrl }: Place): Record<string, string> {
  return { BINNACLE__INTERFACES__PORT: String(port), BINNACLE__STORAGE__DATABASE_URL: databaseUrl };
}
