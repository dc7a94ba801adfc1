// Keys under keys: a child never may more than its parent, and not at all when that may no more.
import type { Key } from "../contract.ts";
import { governanceErrors } from "../errors.ts";

type Reach = Pick<Key, "scopes" | "models">;

/** What a child may that its parent may not; undefined where there is nothing. */
export function beyondParent(child: Reach, parent: Reach): string | undefined {
  const scope = parent.scopes.includes("admin")
    ? undefined
    : child.scopes.find((each) => !parent.scopes.includes(each));
  if (scope !== undefined) return `the scope "${scope}"`;
  const allowed = parent.models;
  if (allowed === null) return undefined;
  if (child.models === null) return "every model";
  const isAllowed = (model: string): boolean =>
    allowed.some((each) => each === model || (each.endsWith("/*") && model.startsWith(each.slice(0, -1))));
  const model = child.models.find((each) => !isAllowed(each));
  return model === undefined ? undefined : `the model ${JSON.stringify(model)}`;
}

/** Throws `governance.key_beyond_parent`. One level is enough: a child has no children. */
export function checkParent(child: Reach, parent: Key): void {
  const beyond = parent.parent === null ? beyondParent(child, parent) : "to be a parent itself";
  if (beyond !== undefined) throw governanceErrors.key_beyond_parent({ parent: parent.id, beyond });
}
