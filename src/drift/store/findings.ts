// What was found, and what is only suspected so far.
import { type Kysely, sql } from "kysely";
import type { Storage } from "../../storage/index.ts";
import type { Evidence, Finding } from "../contract.ts";
import { IS_ID, type StoredBaseline } from "./baselines.ts";

export interface StoredFinding {
  id: string;
  /** Null for erosion over many. */
  profile: string | null;
  kind: Finding["kind"];
  figure: string;
  state: "suspected" | "open" | "closed";
  /** Looks in a row that saw it. */
  held: number;
  /** Looks in a row that did not. */
  missed: number;
  sinceMs: number;
  openedAtMs: number | null;
  updatedAtMs: number;
  closedAtMs: number | null;
  evidence: Evidence;
}

export interface FindingSearch {
  state?: "open" | "closed" | undefined;
  sinceMs?: number | undefined;
  beforeId?: string | undefined;
  limit: number;
}

export interface FindingStore {
  /** Newest first; none that is only suspected. */
  list(search: FindingSearch): Promise<StoredFinding[]>;
  find(id: string): Promise<StoredFinding | undefined>;
  /** All that are open or suspected. */
  standing(): Promise<StoredFinding[]>;
  /**
   * Writes what has changed, takes suspicions out that were none, and the oldest closed ones beyond `max`. Returns what it has
   * written: nothing of a profile whose baseline is not the one of `comparedWith` any more.
   */
  write(changes: FindingChanges, comparedWith: readonly StoredBaseline[], max: number): Promise<StoredFinding[]>;
}

export interface FindingChanges {
  written: readonly StoredFinding[];
  /** Ids. */
  dropped: readonly string[];
}

interface Row {
  id: string;
  profile: string | null;
  kind: Finding["kind"];
  figure: string;
  state: StoredFinding["state"];
  held: number;
  missed: number;
  since: Date;
  opened_at: Date | null;
  updated_at: Date;
  closed_at: Date | null;
  evidence: Evidence;
}

export function createFindingStore(storage: Storage): FindingStore {
  const db = (): Kysely<unknown> => storage.tables<unknown>();
  return {
    async list({ state, sinceMs, beforeId, limit }) {
      const { rows } = await sql<Row>`
        select * from drift_findings
        where state <> 'suspected'
          ${state === undefined ? sql`` : sql`and state = ${state}`}
          ${sinceMs === undefined ? sql`` : sql`and updated_at >= ${new Date(sinceMs)}`}
          ${beforeId === undefined ? sql`` : sql`and id < ${beforeId}`}
        order by id desc limit ${limit}`.execute(db());
      return rows.map(findingOf);
    },
    async find(id) {
      if (!IS_ID.test(id)) return undefined;
      const { rows } = await sql<Row>`
        select * from drift_findings where id = ${id} and state <> 'suspected'`.execute(db());
      return rows[0] && findingOf(rows[0]);
    },
    async standing() {
      const { rows } = await sql<Row>`select * from drift_findings where state <> 'closed'`.execute(db());
      return rows.map(findingOf);
    },
    write: ({ written, dropped }, comparedWith, max) =>
      db()
        .transaction()
        .execute(async (open) => {
          const outdated = await lockCompared(open, comparedWith);
          const current = written.filter(({ profile }) => profile === null || !outdated.has(profile));
          for (const finding of current) await writeOne(open, finding);
          for (const id of dropped) await sql`delete from drift_findings where id = ${id}`.execute(open);
          await sql`delete from drift_findings where state = 'closed' and id not in (
            select id from drift_findings where state = 'closed' order by id desc limit ${max})`.execute(open);
          return current;
        }),
  };
}

/** Whoever takes one of these away waits until `open` is over. Returns the profiles whose baseline has gone by now. */
async function lockCompared(open: Kysely<unknown>, baselines: readonly StoredBaseline[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select id from drift_baselines order by id for share`.execute(open);
  const standing = new Set(rows.map(({ id }) => id));
  return new Set(baselines.filter(({ id }) => !standing.has(id)).map(({ profile }) => profile));
}

async function writeOne(db: Kysely<unknown>, finding: StoredFinding): Promise<void> {
  const dateOf = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
  const { id, profile, kind, figure, state, held, missed, sinceMs, openedAtMs, updatedAtMs, closedAtMs } = finding;
  await sql`
    insert into drift_findings (
      id, profile, kind, figure, state, held, missed, since, opened_at, updated_at, closed_at, evidence
    ) values (${id}, ${profile}, ${kind}, ${figure}, ${state}, ${held}, ${missed}, ${dateOf(sinceMs)},
      ${dateOf(openedAtMs)}, ${dateOf(updatedAtMs)}, ${dateOf(closedAtMs)}, ${JSON.stringify(finding.evidence)})
    on conflict (id) do update
    set state = excluded.state, held = excluded.held, missed = excluded.missed, since = excluded.since,
      opened_at = excluded.opened_at, updated_at = excluded.updated_at, closed_at = excluded.closed_at,
      evidence = excluded.evidence`.execute(db);
}

function findingOf({ since, opened_at, updated_at, closed_at, ...row }: Row): StoredFinding {
  return {
    ...row,
    sinceMs: since.getTime(),
    openedAtMs: opened_at?.getTime() ?? null,
    updatedAtMs: updated_at.getTime(),
    closedAtMs: closed_at?.getTime() ?? null,
  };
}
