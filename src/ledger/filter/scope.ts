// Whose records somebody sees: a condition that stands beside whatever they look for, in PostgreSQL and in memory alike. Who may see
// which is decided above.
import { cleanText } from "../clean-text.ts";
import type { Who } from "../contract.ts";
import type { FilterFieldName } from "./contract.ts";
import type { Filter } from "./filter.ts";

/** What is said must hold; null is the installation's own organisation. Without a scope there is no bound. */
export interface RecordScope {
  organisation: string | null;
  project?: string;
  user?: string;
  /** The id of a key. */
  key?: string;
}

export function filterOfScope({ organisation, project, user, key }: RecordScope): Filter {
  const isOwn: Filter = {
    type: "not",
    part: { type: "field", field: "organisation", path: undefined, test: { is: "present" } },
  };
  const parts = [
    ...(organisation === null ? [isOwn] : isEqual("organisation", organisation)),
    ...isEqual("project", project),
    ...isEqual("user", user),
    ...isEqual("key", key),
  ];
  return { type: "all", parts };
}

function isEqual(field: FilterFieldName, to: string | undefined): Filter[] {
  return to === undefined ? [] : [{ type: "field", field, path: undefined, test: { is: "equal", to } }];
}

/** Both must hold. */
export function withinScope(filter: Filter, scope: RecordScope | undefined): Filter {
  return scope === undefined ? filter : { type: "all", parts: [filterOfScope(scope), filter] };
}

/** Of a record at hand. */
export function isInScope(who: Who, scope: RecordScope | undefined): boolean {
  if (scope === undefined) return true;
  const { organisation, project, user, key } = scope;
  const is = (value: string | null, wanted: string | undefined): boolean =>
    wanted === undefined || (value !== null && cleanText(value) === cleanText(wanted));
  return (
    (who.organisation ?? null) === organisation && is(who.project, project) && is(who.user, user) && is(who.key_id, key)
  );
}
