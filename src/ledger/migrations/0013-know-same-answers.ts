// The vendor's id of an answer, by which a span that an application reports is known for a call that went through the gateway;
// and that call, where it was found (store/echoes.ts). Lines of columns get a type of their own: a process of the version before
// goes on writing its own.
import { sql, type Migration } from "kysely";

const statements = [
  sql`alter table ledger_records add column response_id text, add column same_as uuid`,
  sql`do $$
    begin
      execute (
        select format(
          'create type ledger_line_3 as (%s, response_id text)',
          string_agg(format('%I %s', attname, format_type(atttypid, atttypmod)), ', ' order by attnum)
        )
        from pg_attribute where attrelid = 'ledger_line'::regclass and attnum > 0 and not attisdropped
      );
    end $$`,
  sql`update ledger_records as record set response_id = told.response_id
    from (
      select started_at, id, left(case when is_own then data #>> '{answer,response_id}' else data ->> 'response_id' end, 256) as response_id
      from ledger_records
    ) as told
    where record.started_at = told.started_at and record.id = told.id and told.response_id <> ''`,
  // What was counted twice until now.
  sql`with echoes as (
      update ledger_records as span set same_as = own.id, is_counted = false
      from ledger_records as own
      where own.is_own and not span.is_own and span.is_counted and own.response_id = span.response_id
        and own.outcome in ('ok', 'truncated', 'cancelled')
        and own.started_at between span.started_at - interval '1 minute'
          and span.started_at + make_interval(secs => least(coalesce(span.duration_ms, 0), 3600000) / 1000) + interval '1 minute'
      returning span.started_at
    )
    insert into ledger_dirty_minutes (minute) select distinct date_trunc('minute', started_at, 'UTC') from echoes
    on conflict (minute) do update set marks = ledger_dirty_minutes.marks + 1`,
];

export const knowSameAnswers: Migration = {
  async up(db) {
    for (const statement of statements) await statement.execute(db);
  },
};
