// Hours of profiles, and how far the record was looked at.
import { type Kysely, sql } from "kysely";
import type { Storage } from "../../storage/index.ts";
import type { LevelSlice, Slice } from "../streams/rhythm.ts";
import { type Levels, mergeSummaries, type Summary } from "../summaries/summary.ts";

export interface SeenHour {
  profile: string;
  hourMs: number;
  /** Calls that there were; the summary is of fewer where there were many. */
  seen: number;
  summary: Summary;
}

export interface SeenProfile {
  name: string;
  firstMs: number;
  lastMs: number;
  calls: number;
}

export interface SliceStore {
  /** Undefined before the first look. */
  lookedUntil(): Promise<number | undefined>;
  /** Adds to the hours that are there and moves on, both or neither. New profiles beyond `profilesMax` are left out. */
  add(hours: readonly SeenHour[], look: { untilMs: number; profilesMax: number }): Promise<void>;
  /** Those with the most calls first. */
  profiles(): Promise<SeenProfile[]>;
  /** Ascending. */
  slices(profile: string, span: Span): Promise<Slice[]>;
  /** Ascending, without what only windows need. */
  levels(profile: string, span: Span): Promise<LevelSlice[]>;
  forgetBefore(hourMs: number): Promise<void>;
}

/** Of hours that begin in it; `untilMs` is exclusive. */
export interface Span {
  sinceMs: number;
  untilMs: number;
}

export function createSliceStore(storage: Storage): SliceStore {
  const db = (): Kysely<unknown> => storage.tables<unknown>();
  return {
    async lookedUntil() {
      const { rows } = await sql<{ until: Date }>`select until from drift_looks`.execute(db());
      return rows[0]?.until.getTime();
    },
    add: (hours, { untilMs, profilesMax }) =>
      db()
        .transaction()
        .execute(async (open) => {
          const known = new Set((await profiles(open)).map(({ name }) => name));
          for (const hour of hours) {
            if (!known.has(hour.profile) && known.size >= profilesMax) continue;
            known.add(hour.profile);
            await addHour(open, hour);
          }
          await sql`insert into drift_looks (until) values (${new Date(untilMs)})
            on conflict (one) do update set until = excluded.until`.execute(open);
        }),
    profiles: () => profiles(db()),
    async slices(profile, span) {
      const { rows } = await sql<{ hour: Date; summary: Summary }>`
        select hour, summary from drift_slices where ${within(profile, span)} order by hour`.execute(db());
      return rows.map(({ hour, summary }) => ({ hour_ms: hour.getTime(), summary }));
    },
    async levels(profile, span) {
      const { rows } = await sql<{ hour: Date; levels: Levels }>`
        select hour, levels from drift_slices where ${within(profile, span)} order by hour`.execute(db());
      return rows.map(({ hour, levels }) => ({ hour_ms: hour.getTime(), summary: levels }));
    },
    async forgetBefore(hourMs) {
      await sql`delete from drift_slices where hour < ${new Date(hourMs)}`.execute(db());
    },
  };
}

function within(profile: string, { sinceMs, untilMs }: Span) {
  return sql`profile = ${profile} and hour >= ${new Date(sinceMs)} and hour < ${new Date(untilMs)}`;
}

async function profiles(db: Kysely<unknown>): Promise<SeenProfile[]> {
  const { rows } = await sql<{ profile: string; first: Date; last: Date; calls: string }>`
    select profile, min(hour) as first, max(hour) as last, sum(calls) as calls
    from drift_slices group by profile order by calls desc, profile`.execute(db);
  return rows.map(({ profile, first, last, calls }) => ({
    name: profile,
    firstMs: first.getTime(),
    lastMs: last.getTime(),
    calls: Number(calls),
  }));
}

async function addHour(db: Kysely<unknown>, { profile, hourMs, seen, summary }: SeenHour): Promise<void> {
  const hour = new Date(hourMs);
  const { rows } = await sql<{ summary: Summary; seen: string }>`
    select summary, seen from drift_slices where profile = ${profile} and hour = ${hour}`.execute(db);
  const [before] = rows;
  const whole = before ? mergeSummaries([before.summary, summary]) : summary;
  const levels: Levels = { logs: whole.logs, shares: whole.shares };
  await sql`
    insert into drift_slices (profile, hour, seen, calls, levels, summary)
    values (${profile}, ${hour}, ${seen + Number(before?.seen ?? 0)}, ${whole.calls},
      ${JSON.stringify(levels)}, ${JSON.stringify(whole)})
    on conflict (profile, hour) do update
    set seen = excluded.seen, calls = excluded.calls, levels = excluded.levels, summary = excluded.summary`.execute(db);
}
