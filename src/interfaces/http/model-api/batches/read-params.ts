// What a request about files and batches says in its query, its JSON or its form, against the shape that it must have.
import { z } from "zod";
import { batchesErrors } from "../../../../batches/index.ts";

/** Throws `batches.bad_request`, naming the first parameter that is wrong. */
export function readParams<S extends z.ZodType>(schema: S, said: unknown): z.output<S> {
  const result = schema.safeParse(said);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const param = issue && issue.path.length > 0 ? issue.path.join(".") : null;
  throw batchesErrors.bad_request({ param, problem: `is not as expected: ${issue?.message ?? "it does not hold"}` });
}

/** An id or a name that is only compared. */
export const cursor = z.string().regex(/^[\w-]{0,100}$/, "letters, digits, _ and - only");

/** The query of an address, each name once. */
export function queryOf(request: Request): Record<string, string> {
  return Object.fromEntries(new URL(request.url).searchParams);
}

/** The page of a list of which one entry more than its limit was asked for. */
export function pageOf<T extends { id: string }>(found: readonly T[], limit: number) {
  const entries = found.slice(0, limit);
  return {
    entries,
    first_id: entries[0]?.id ?? null,
    last_id: entries.at(-1)?.id ?? null,
    has_more: found.length > limit,
  };
}
