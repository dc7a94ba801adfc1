// Filters of lists. What identity providers ask again and again (userName, externalId, id, displayName eq) is the database's to
// find; all else is matched here, over a bounded number of resources.
import { Types } from "scimmy";
import { scimError, scimErrorIn } from "./schemas.ts";

export type SoughtField = "name" | "external_id" | "id";

export interface ReadFilter {
  /** Where one field must be one text, and nothing else is asked. */
  sought: { field: SoughtField; value: string } | undefined;
  matches(resource: object): boolean;
}

const FILTER_LENGTH_MAX = 1000;
const ALONE = /^\s*(userName|displayName|externalId|id)\s+eq\s+"((?:[^"\\]|\\.)*)"\s*$/i;
const FIELDS: Record<string, SoughtField> = {
  username: "name",
  displayname: "name",
  externalid: "external_id",
  id: "id",
};

/** Throws SCIM's invalidFilter. */
export function readFilter(text: string): ReadFilter {
  if (text.length > FILTER_LENGTH_MAX) throw scimError(400, "invalidFilter", "the filter is too long");
  const [, name = "", value = ""] = ALONE.exec(text) ?? [];
  const field = FIELDS[name.toLowerCase()];
  const filter = parse(text.toLowerCase());
  return {
    sought: field === undefined ? undefined : { field, value: unescaped(value) },
    matches: (resource) => filter.match([lowered(resource)]).length > 0,
  };
}

/** Which attributes are wanted: `attributes=userName,emails` or `excludedAttributes=members`. */
export function readAttributes(wanted: string | null, excluded: string | null): Types.Filter | undefined {
  const text = wanted ?? excluded;
  if (text === null || text.trim() === "" || text.length > FILTER_LENGTH_MAX) return undefined;
  const names = text.split(",").map((name) => name.trim());
  if (!names.every((name) => /^[\w:.$-]+$/.test(name))) throw scimError(400, "invalidValue", "these are no attributes");
  return parse(names.map((name) => `${name} ${wanted === null ? "np" : "pr"}`).join(" and "));
}

function parse(text: string): Types.Filter {
  try {
    return new Types.Filter(text);
  } catch (error) {
    const detail =
      scimErrorIn(error)?.scimType === "invalidFilter" ? String((error as Error).message) : "it does not parse";
    throw scimError(400, "invalidFilter", detail);
  }
}

function unescaped(text: string): string {
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return text;
  }
}

/** Names and texts alike: nothing here is told apart by its case. */
function lowered(value: unknown): unknown {
  if (typeof value === "string") return value.toLowerCase();
  if (Array.isArray(value)) return value.map(lowered);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name.toLowerCase(), lowered(each)]));
}
