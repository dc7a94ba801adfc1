// Versions of routes in PostgreSQL. Revisions are given one after the other over all routes, in the order in which
// changes are committed: who has seen one has seen all before it.
import { type Kysely, sql } from "kysely";
import { type AuditWriter, unaudited } from "../../audit/index.ts";
import type { Storage } from "../../storage/index.ts";

/** A plan as it was written; null where the route was deleted. */
export interface RouteVersion {
  name: string;
  revision: number;
  plan: unknown;
  changedAtMs: number;
  keyId: string;
  keyName: string;
}

export interface RouteStore {
  /** The newest, over all routes; 0 before the first. Costs the database a look at the end of an index. */
  newestRevision(): Promise<number>;
  /** The newest version of each route that stands. */
  standing(): Promise<RouteVersion[]>;
  /** Of a route, newest first. */
  versions(name: string, limit: number): Promise<RouteVersion[]>;
  version(name: string, revision: number): Promise<RouteVersion | undefined>;
  /** Changes a route: while `decide` looks and chooses, nobody else changes any. What it throws changes nothing. */
  change(change: RouteChange): Promise<RouteVersion | undefined>;
}

export interface RouteChange {
  name: string;
  by: { keyId: string; keyName: string };
  /** The new plan, null to delete the route, or undefined to leave it. */
  decide(latest: RouteVersion | undefined, reads: ReadsInChange): Promise<unknown>;
  bounds: { routesMax: number; versionsMax: number };
  /** Decides, and writes nothing. */
  isDryRun?: boolean | undefined;
}

export type ReadsInChange = Pick<RouteStore, "version"> & { countStanding(): Promise<number> };

type Db = Kysely<unknown>;

export function createRouteStore(storage: Storage, audit: Pick<AuditWriter, "record"> = unaudited): RouteStore {
  const db = (): Db => storage.tables<unknown>();
  return {
    newestRevision: () => newestRevision(db()),
    standing: () => standing(db()),
    versions: (name, limit) => versions(db(), name, limit),
    version: (name, revision) => version(db(), name, revision),
    change: ({ name, by, decide, bounds, isDryRun }) =>
      db()
        .transaction()
        .execute(async (open) => {
          await sql`select pg_advisory_xact_lock(hashtext('binnacle gateway routes'))`.execute(open);
          const [latest] = await versions(open, name, 1);
          const plan = await decide(latest, {
            version: (of, revision) => version(open, of, revision),
            countStanding: async () => (await standing(open)).length,
          });
          if (plan === undefined || isDryRun) return undefined;
          const written = await insert(open, { name, plan, ...by });
          await sweep(open, name, bounds);
          await audit.record(open, {
            action: plan === null ? "route.delete" : "route.put",
            resource: { type: "route", id: name },
            outcome: "ok",
            details: { revision: written?.revision ?? null, before: latest?.revision ?? null, by: by.keyId },
          });
          return written;
        }),
  };
}

const columns = sql`name, revision, plan, (extract(epoch from changed_at) * 1000)::bigint as "changedAtMs",
  key_id as "keyId", key_name as "keyName"`;

async function newestRevision(db: Db): Promise<number> {
  const { rows } = await sql<{ revision: number }>`
    select coalesce(max(revision), 0) as revision from gateway_route_versions`.execute(db);
  return rows[0]?.revision ?? 0;
}

async function standing(db: Db): Promise<RouteVersion[]> {
  const { rows } = await sql<RouteVersion>`
    select * from (
      select distinct on (name) ${columns} from gateway_route_versions order by name, revision desc
    ) as newest where plan is not null`.execute(db);
  return rows;
}

async function versions(db: Db, name: string, limit: number): Promise<RouteVersion[]> {
  const { rows } = await sql<RouteVersion>`
    select ${columns} from gateway_route_versions where name = ${name} order by revision desc limit ${limit}`.execute(
    db,
  );
  return rows;
}

async function version(db: Db, name: string, revision: number): Promise<RouteVersion | undefined> {
  const { rows } = await sql<RouteVersion>`
    select ${columns} from gateway_route_versions where revision = ${revision} and name = ${name}`.execute(db);
  return rows[0];
}

async function insert(
  db: Db,
  { name, plan, keyId, keyName }: Pick<RouteVersion, "name" | "plan" | "keyId" | "keyName">,
): Promise<RouteVersion | undefined> {
  const { rows } = await sql<RouteVersion>`
    insert into gateway_route_versions (revision, name, plan, key_id, key_name)
    select coalesce(max(revision), 0) + 1, ${name}, ${plan === null ? null : JSON.stringify(plan)}::json, ${keyId}, ${keyName}
    from gateway_route_versions
    returning ${columns}`.execute(db);
  return rows[0];
}

/** Versions of this route beyond the bound, and whole histories of routes that were deleted longest ago. */
async function sweep(db: Db, name: string, { routesMax, versionsMax }: RouteChange["bounds"]): Promise<void> {
  await sql`
    delete from gateway_route_versions where name = ${name} and revision <= (
      select revision from gateway_route_versions where name = ${name} order by revision desc offset ${versionsMax} limit 1
    )`.execute(db);
  await sql`
    delete from gateway_route_versions where name in (
      select name from (
        select distinct on (name) name, revision, plan from gateway_route_versions order by name, revision desc
      ) as newest where plan is null order by revision desc offset ${routesMax}
    ) and revision < (select max(revision) from gateway_route_versions)`.execute(db);
}
