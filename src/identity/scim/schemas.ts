// SCIM's schemas, by scimmy: what comes in is held to them, and what goes out is put into their form. Its errors are SCIM's own.
import { Messages, Schemas, Types } from "scimmy";

export type ScimKind = "user" | "group";

/** Attributes of a resource, as they are kept: what its provider said, without id and meta. */
export type ScimData = Record<string, unknown>;

export const endpoints = { user: "Users", group: "Groups" } as const satisfies Record<ScimKind, string>;
const schemas = { user: Schemas.User, group: Schemas.Group };
const resourceTypes = { user: "User", group: "Group" } as const;

/** What is kept beside a resource: whom it is of, or of whom it is. */
const OTHERS = {
  user: { attribute: "groups", type: "direct", endpoint: endpoints.group },
  group: { attribute: "members", type: "User", endpoint: endpoints.user },
} as const;

export const LIST_RESPONSE = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
const ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";
const ENTERPRISE = Schemas.EnterpriseUser;

/** As SCIM's own errors say themselves. */
export function scimError(status: number, scimType: string | null, detail: string): Error {
  return new Types.Error(status, scimType ?? "", detail);
}

export interface ErrorBody {
  schemas: string[];
  status: string;
  scimType?: string;
  detail: string;
}

export function errorBody(status: number, detail: string, scimType?: string): ErrorBody {
  return { schemas: [ERROR], status: String(status), ...(scimType && { scimType }), detail };
}

/** SCIM's own error in what was thrown; undefined for another. scimmy throws TypeErrors for values that do not fit. */
export function scimErrorIn(thrown: unknown): { status: number; scimType?: string; detail: string } | undefined {
  if (thrown instanceof Types.Error) {
    const { status, scimType, message } = thrown as Error & { status: number; scimType?: string };
    return { status: Number(status), ...(scimType && { scimType }), detail: message };
  }
  return thrown instanceof TypeError ? { status: 400, scimType: "invalidValue", detail: thrown.message } : undefined;
}

/** scimmy's schemas are its own, for the whole process; where they are other than ours is said once. */
function adjustSchemas(): void {
  const { definition } = Schemas.User;
  if (definition.attributes.some((each) => "id" in each && each.id === ENTERPRISE.id)) return;
  Schemas.User.extend(ENTERPRISE as never, false);
  // RFC 7643 names no values for these: any may be said. scimmy reads that as none.
  for (const name of ["roles", "x509Certificates"])
    attributeOf(definition, name, "type").config.canonicalValues = false;
}

function attributeOf(definition: Types.SchemaDefinition, name: string, part: string): Types.Attribute {
  const { subAttributes } = definition.attribute(name) as Types.Attribute;
  const found = subAttributes?.find((each) => each.name === part);
  if (!found) throw new Error(`scimmy's ${name} has no ${part}`);
  return found;
}

/** What a provider sent, held to its schema. Throws SCIM errors. */
export function readResource(kind: ScimKind, body: unknown): ScimData {
  adjustSchemas();
  if (body === null || typeof body !== "object" || Array.isArray(body))
    throw scimError(400, "invalidSyntax", "the body must be one resource");
  const said = { schemas: [schemas[kind].id], ...body };
  return plain(new schemas[kind](said as never, "in" as never));
}

export interface Shown {
  id: string;
  data: ScimData;
  version: number;
  created_at_ms: number;
  updated_at_ms: number;
}

/** As it goes out; `attributes` is a filter of those that are wanted. */
export function showResource(
  kind: ScimKind,
  { id, data, version, created_at_ms, updated_at_ms }: Shown,
  { baseUrl, attributes }: { baseUrl: string; attributes?: Types.Filter | undefined },
): ScimData {
  const shown = plain(schemaOf(kind, { id, data, version, created_at_ms, updated_at_ms }, { baseUrl, attributes }));
  return { schemas: data["schemas"] ?? [schemas[kind].id], ...shown };
}

function schemaOf(
  kind: ScimKind,
  { id, data, version, created_at_ms, updated_at_ms }: Shown,
  { baseUrl, attributes }: { baseUrl: string; attributes?: Types.Filter | undefined },
): Types.Schema {
  adjustSchemas();
  const meta = {
    resourceType: resourceTypes[kind],
    created: new Date(created_at_ms),
    lastModified: new Date(updated_at_ms),
    version: etagOf(version),
  };
  const at = `${baseUrl}/${endpoints[kind]}`;
  return new schemas[kind](
    { ...withReferences(kind, data, baseUrl), id, meta } as never,
    "out" as never,
    at as never,
    attributes as never,
  );
}

/** Members of groups and groups of users, with where each is to be found. */
function withReferences(kind: ScimKind, data: ScimData, baseUrl: string): ScimData {
  const others = data[OTHERS[kind].attribute];
  if (!Array.isArray(others)) return data;
  const { attribute, type, endpoint } = OTHERS[kind];
  const referring = (others as { value: string }[]).map((other) => ({
    ...other,
    type,
    $ref: `${baseUrl}/${endpoint}/${other.value}`,
  }));
  return { ...data, [attribute]: referring };
}

export const etagOf = (version: number): string => `W/"${version}"`;

/** The resource after a PATCH, as a provider would have sent it. Throws SCIM errors. */
export async function patchResource(kind: ScimKind, shown: Shown, operations: readonly object[]): Promise<ScimData> {
  const message = { schemas: [Messages.PatchOp.id], Operations: operations };
  let after: ScimData | undefined;
  await new Messages.PatchOp(message as never).apply(
    schemaOf(kind, shown, { baseUrl: "" }) as never,
    ((instance: unknown) => {
      after = plain(instance);
      return Promise.resolve(instance);
    }) as never,
  );
  // Nothing was different.
  if (!after) return shown.data;
  const { id: _id, meta: _meta, ...said } = after;
  return readResource(kind, said);
}

export function describeSchemas(baseUrl: string): object[] {
  adjustSchemas();
  return [Schemas.User, Schemas.Group, ENTERPRISE].map(({ definition }) =>
    plain(definition.describe(`${baseUrl}/Schemas`)),
  );
}

export function describeResourceTypes(baseUrl: string): object[] {
  return (["user", "group"] as const).map((kind) => ({
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
    id: resourceTypes[kind],
    name: resourceTypes[kind],
    endpoint: `/${endpoints[kind]}`,
    description: kind === "user" ? "People" : "Groups of people",
    schema: schemas[kind].id,
    ...(kind === "user" && { schemaExtensions: [{ schema: ENTERPRISE.id, required: false }] }),
    meta: { resourceType: "ResourceType", location: `${baseUrl}/ResourceTypes/${resourceTypes[kind]}` },
  }));
}

/** As JSON would have it: dates as texts, nothing that is undefined. */
function plain(value: unknown): ScimData {
  return JSON.parse(JSON.stringify(value)) as ScimData;
}
