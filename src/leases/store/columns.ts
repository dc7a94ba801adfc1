// Lists of values as PostgreSQL takes them: an array a column.
import { sql } from "kysely";

export const column = <T>(values: readonly T[], type: string) => sql`${values}::${sql.raw(type)}[]`;
export const idsOf = (all: readonly { id: string }[]) =>
  column(
    all.map(({ id }) => id),
    "text",
  );
export const startsOf = (all: readonly { startsAtMs: number }[]) =>
  column(
    all.map(({ startsAtMs }) => startsAtMs),
    "bigint",
  );
