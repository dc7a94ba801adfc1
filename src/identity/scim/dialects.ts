// What Entra and Okta say otherwise than RFC 7644, put into its words: booleans as texts, values to remove beside the path,
// values of a type that is not there yet, operations in any case, the whole of an extension at once. Pure.
import type { ScimData } from "./schemas.ts";
import { scimError } from "./schemas.ts";

interface Operation {
  op: string;
  path?: string;
  value?: unknown;
}

/** Where a text stands for a boolean. */
const BOOLEANS = new Set(["active", "primary"]);

/** A resource as it came. */
export function readableResource(body: unknown): unknown {
  return withBooleans(body);
}

/** Throws SCIM errors for what is no list of operations. */
export function readOperations(body: unknown, resource: ScimData, operationsMax: number): object[] {
  const all = body !== null && typeof body === "object" ? operationsIn(body) : undefined;
  if (!Array.isArray(all) || all.length === 0)
    throw scimError(400, "invalidSyntax", "a PatchOp has a list of Operations");
  if (all.length > operationsMax) throw scimError(413, "tooMany", `at most ${operationsMax} operations`);
  return all.flatMap((each) => readOperation(each, resource));
}

function operationsIn(body: object): unknown {
  // Some write it small.
  return "Operations" in body ? body.Operations : "operations" in body ? body.operations : undefined;
}

function readOperation(said: unknown, resource: ScimData): Operation[] {
  if (said === null || typeof said !== "object" || !("op" in said) || typeof said.op !== "string")
    throw scimError(400, "invalidSyntax", "every operation has an op");
  const op = said.op.toLowerCase();
  const path = "path" in said && typeof said.path === "string" && said.path !== "" ? said.path : undefined;
  const given = "value" in said ? said.value : undefined;
  const value = path !== undefined && BOOLEANS.has(lastName(path)) ? booleanFrom(given) : withBooleans(given);
  if (op === "remove" && path !== undefined && Array.isArray(value)) return removeEach(path, value);
  if (path !== undefined && EXTENSION.test(path))
    return eachOf(path, { op, value: op === "remove" ? (resource[path] ?? {}) : value });
  if (path === undefined || op === "remove") return [{ op, ...(path !== undefined && { path }), ...with_(value) }];
  return [missingTarget(path, value, resource) ?? { op, path, ...with_(value) }];
}

const with_ = (value: unknown): { value?: unknown } => (value === undefined ? {} : { value });

/** Entra names the members to remove as values; the RFC has a filter for each. */
function removeEach(path: string, values: readonly unknown[]): Operation[] {
  return values.flatMap((each) => {
    const value = each !== null && typeof each === "object" && "value" in each ? each.value : undefined;
    return typeof value === "string" ? [{ op: "remove", path: `${path}[value eq ${JSON.stringify(value)}]` }] : [];
  });
}

const EXTENSION = /^urn:[\w.:-]+:\d\.\d:[A-Za-z]+$/;

/** An extension is no attribute, but its parts are. */
function eachOf(path: string, { op, value }: Operation): Operation[] {
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw scimError(400, "invalidValue", `${path} takes an object`);
  return Object.entries(value)
    .filter(([name]) => name !== "schemas")
    .map(([name, each]) => ({ op, path: `${path}:${name}`, ...(op !== "remove" && { value: each }) }));
}

const TYPED = /^([A-Za-z]+)\[type eq "([^"\\]{1,100})"\]\.([A-Za-z]+)$/;

/** `emails[type eq "work"].value` where there is no such e-mail yet: then it is made. */
function missingTarget(path: string, value: unknown, resource: ScimData): Operation | undefined {
  const [, attribute = "", type = "", part = ""] = TYPED.exec(path) ?? [];
  if (attribute === "") return undefined;
  const there = resource[attribute];
  const isThere = Array.isArray(there) && there.some((each: { type?: unknown } | null) => each?.type === type);
  return isThere ? undefined : { op: "add", path: attribute, value: [{ type, [part]: value }] };
}

function lastName(path: string): string {
  return /([A-Za-z]+)$/.exec(path)?.[1] ?? "";
}

function booleanFrom(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const small = value.toLowerCase();
  return small === "true" ? true : small === "false" ? false : value;
}

function withBooleans(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withBooleans);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, BOOLEANS.has(name) ? booleanFrom(each) : withBooleans(each)]),
  );
}
