// What a worker is told when it is started: which one it is, and where the others are. By the environment, which only its
// own user can read, for the address of the database holds a password.
import { z } from "zod";
import { workersErrors } from "./errors.ts";

const placeSchema = z.strictObject({
  number: z.int().min(2),
  count: z.int().min(2),
  port: z.int().min(1).max(65_535),
  databaseUrl: z.string(),
});
export type Place = z.infer<typeof placeSchema>;

const NAME = "BINNACLE_WORKER";

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

/** The settings that follow from it, over whatever the config says. */
export function settingsOf({ port, databaseUrl }: Place): Record<string, string> {
  return { BINNACLE__INTERFACES__PORT: String(port), BINNACLE__STORAGE__DATABASE_URL: databaseUrl };
}
