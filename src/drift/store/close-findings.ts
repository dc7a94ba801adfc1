// What was found by a baseline ends with it.
import { type Kysely, sql } from "kysely";

/** Of this profile, those that are open are closed; suspicions go. `open` has the profile's baseline locked. */
export async function closeFindings(open: Kysely<unknown>, profile: string, atMs: number): Promise<void> {
  const at = new Date(atMs);
  await sql`delete from drift_findings where profile = ${profile} and state = 'suspected'`.execute(open);
  await sql`update drift_findings set state = 'closed', closed_at = ${at}, updated_at = ${at}
    where profile = ${profile} and state = 'open'`.execute(open);
}
