// Whose a record is, where it is a tenant's; and sums by it. Records of the installation's own organisation have none, so that
// where there are no tenants, nothing is stored and no index grows. Lines of columns get a type of their own: a process of the
// version before goes on writing its own. The id of a vendor's answer stays the last in it (projector/linked.ts).
import { sql, type Migration } from "kysely";

const CUBES = ["traffic", "people", "patterns", "tags"];
const GRAINS = ["minute", "hour", "day"];

const statements = [
  `alter table ledger_records add column organisation text`,
  `create index ledger_records_by_organisation on ledger_records (organisation, started_at, id)
    where organisation is not null`,
  `do $$
    begin
      execute (
        select format(
          'create type ledger_line_4 as (%s, organisation text, response_id text)',
          string_agg(format('%I %s', attname, format_type(atttypid, atttypmod)), ', ' order by attnum)
        )
        from pg_attribute
        where attrelid = 'ledger_line_3'::regclass and attnum > 0 and not attisdropped and attname <> 'response_id'
      );
    end $$`,
  ...CUBES.flatMap((cube) =>
    GRAINS.map((grain) => `alter table ledger_sums_${cube}_${grain} add column organisation text`),
  ),
];

export const knowOrganisations: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
