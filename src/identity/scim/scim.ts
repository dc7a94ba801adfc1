// SCIM 2.0 (RFC 7643, RFC 7644) for identity providers that provision people and groups: what is asked at which address.
import type { Governance } from "../../governance/index.ts";
import type { Storage } from "../../storage/index.ts";
import type { ScimConfig } from "./config.ts";
import { readAttributes } from "./filters.ts";
import { createLanding } from "./landing.ts";
import { createScimResources, type ScimResources } from "./resources.ts";
import {
  describeResourceTypes,
  describeSchemas,
  errorBody,
  etagOf,
  LIST_RESPONSE,
  type ScimData,
  scimError,
  scimErrorIn,
  showResource,
} from "./schemas.ts";
import { createScimStore, type ScimPlace, type StoredResource } from "./store.ts";

export interface ScimRequest {
  method: string;
  /** Below /scim/v2. */
  path: string;
  query: URLSearchParams;
  /** Read where it is asked for. Throws for what is no JSON. */
  body(): Promise<unknown>;
  ifMatch: string | null;
  ifNoneMatch: string | null;
  /** Up to /scim/v2. */
  baseUrl: string;
  organisation: string;
}

export interface ScimAnswer {
  status: number;
  body?: object;
  headers?: Record<string, string>;
}

export interface Scim {
  bodyBytesMax: number;
  /** Throws what governance throws, and nothing of its own: its refusals are answers. */
  answer(request: ScimRequest): Promise<ScimAnswer>;
}

export interface ScimDeps {
  storage: Pick<Storage, "tables">;
  governance: Pick<Governance, "users" | "keys">;
}

export function createScim(config: ScimConfig, { storage, governance }: ScimDeps): Scim {
  const store = createScimStore(storage);
  const landing = createLanding(config, { store, governance });
  const resources = createScimResources(config, { store, landing });
  return {
    bodyBytesMax: config.body_bytes_max,
    async answer(request) {
      try {
        return await route(request, { config, resources });
      } catch (thrown) {
        const error = scimErrorIn(thrown);
        if (!error) throw thrown;
        return { status: error.status, body: errorBody(error.status, error.detail, error.scimType) };
      }
    },
  };
}

interface RouteDeps {
  config: ScimConfig;
  resources: ScimResources;
}

function route(request: ScimRequest, deps: RouteDeps): Promise<ScimAnswer> {
  const [name = "", id, ...more] = request.path.split("/").filter((part) => part !== "");
  if (more.length > 0) throw scimError(404, null, "there is nothing at this address");
  if (name === ".search" && id === undefined && request.method === "POST") return searchAll(request, deps);
  const kind = name === "Users" ? "user" : name === "Groups" ? "group" : undefined;
  if (kind === undefined) return Promise.resolve(describe(name, id, { request, config: deps.config }));
  const place = { kind, organisation: request.organisation } as const;
  if (id === ".search" && request.method === "POST") return search(request, place, deps);
  return id === undefined ? aboutAll(request, place, deps) : aboutOne(request, { ...place, id }, deps);
}

async function aboutAll(request: ScimRequest, place: ScimPlace, { config, resources }: RouteDeps): Promise<ScimAnswer> {
  if (request.method === "GET") return listed(request, place, { config, resources });
  if (request.method !== "POST") throw scimError(405, null, "here are GET and POST");
  const made = await resources.create(place, await request.body());
  return { ...shown(request, place, made), status: 201 };
}

async function listed(request: ScimRequest, place: ScimPlace, { config, resources }: RouteDeps): Promise<ScimAnswer> {
  const listing = listingOf(request, config);
  const { total, resources: page } = await resources.list(place, listing);
  return listAnswer(
    { total, startIndex: listing.startIndex },
    page.map((each) => shown(request, place, each).body),
  );
}

function listingOf({ query }: ScimRequest, { page_max: most }: ScimConfig) {
  return {
    filter: query.get("filter"),
    startIndex: Math.max(1, wholeNumber(query.get("startIndex"), 1)),
    count: Math.min(most, Math.max(0, wholeNumber(query.get("count"), most))),
  };
}

function listAnswer({ total, startIndex }: { total: number; startIndex: number }, page: unknown[]): ScimAnswer {
  const counts = { totalResults: total, startIndex, itemsPerPage: page.length };
  return { status: 200, body: { schemas: [LIST_RESPONSE], ...counts, Resources: page } };
}

/** The same as a list, with what is asked in the body. */
async function search(request: ScimRequest, place: ScimPlace, deps: RouteDeps): Promise<ScimAnswer> {
  return listed(await asQuery(request), place, deps);
}

/** Users, and after them groups, as one list. */
async function searchAll(said: ScimRequest, { config, resources }: RouteDeps): Promise<ScimAnswer> {
  const request = await asQuery(said);
  const { filter, startIndex, count } = listingOf(request, config);
  const page: unknown[] = [];
  let total = 0;
  for (const kind of ["user", "group"] as const) {
    const place = { kind, organisation: request.organisation };
    // Of this kind, what comes after those that other kinds have had of the page, and of what stands before it.
    const listing = { filter, startIndex: Math.max(1, startIndex - total), count: count - page.length };
    const found = await resources.list(place, listing);
    page.push(...found.resources.map((each) => shown(request, place, each).body));
    total += found.total;
  }
  return listAnswer({ total, startIndex }, page);
}

async function asQuery(request: ScimRequest): Promise<ScimRequest> {
  const said = Object.entries(((await request.body()) ?? {}) as Record<string, unknown>).flatMap(([name, value]) =>
    typeof value === "string" || typeof value === "number"
      ? [[name, String(value)]]
      : Array.isArray(value)
        ? [[name, value.join(",")]]
        : [],
  );
  return { ...request, query: new URLSearchParams(said) };
}

async function aboutOne(
  request: ScimRequest,
  { id, ...place }: ScimPlace & { id: string },
  { resources }: RouteDeps,
): Promise<ScimAnswer> {
  const { method, ifMatch, ifNoneMatch } = request;
  switch (method) {
    case "GET": {
      const resource = await resources.withOthers(place, await resources.get(place, id));
      if (ifNoneMatch === etagOf(resource.version)) return { status: 304, headers: { etag: ifNoneMatch } };
      return shown(request, place, resource);
    }
    case "PUT":
      return shown(request, place, await resources.replace(place, id, { body: await request.body(), ifMatch }));
    case "PATCH":
      return shown(request, place, await resources.patch(place, id, { body: await request.body(), ifMatch }));
    case "DELETE":
      await resources.delete(place, id, ifMatch);
      return { status: 204 };
    default:
      throw scimError(405, null, "here are GET, PUT, PATCH and DELETE");
  }
}

function shown({ query, baseUrl }: ScimRequest, { kind }: ScimPlace, resource: StoredResource): ScimAnswer {
  const attributes = readAttributes(query.get("attributes"), query.get("excludedAttributes"));
  const body: ScimData = showResource(kind, resource, { baseUrl, attributes });
  const location = `${baseUrl}/${kind === "user" ? "Users" : "Groups"}/${resource.id}`;
  return { status: 200, body, headers: { etag: etagOf(resource.version), location } };
}

/** What this server can do: the same for everyone, and read only. */
function describe(
  name: string,
  id: string | undefined,
  { request: { method, baseUrl }, config }: { request: ScimRequest; config: ScimConfig },
): ScimAnswer {
  const all = describable[name]?.(baseUrl, config);
  if (!all) throw scimError(404, null, "there is nothing at this address");
  if (method !== "GET") throw scimError(405, null, "here is GET alone");
  if (!Array.isArray(all)) return { status: 200, body: all };
  if (id === undefined) return listAnswer({ total: all.length, startIndex: 1 }, all);
  const one = all.find((each) => "id" in each && each.id === id);
  if (!one) throw scimError(404, null, "there is none of this name");
  return { status: 200, body: one };
}

const describable: Record<string, (baseUrl: string, config: ScimConfig) => object | object[]> = {
  Schemas: (baseUrl) => describeSchemas(baseUrl),
  ResourceTypes: (baseUrl) => describeResourceTypes(baseUrl),
  ServiceProviderConfig: (baseUrl, { scan_max, operations_max, body_bytes_max }) => ({
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: operations_max, maxPayloadSize: body_bytes_max },
    filter: { supported: true, maxResults: scan_max },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: true },
    authenticationSchemes: [
      {
        type: "oauthbearertoken",
        name: "API key",
        description: "A key with the scope scim, as Authorization: Bearer",
        primary: true,
      },
    ],
    meta: { resourceType: "ServiceProviderConfig", location: `${baseUrl}/ServiceProviderConfig` },
  }),
};

/** Throws SCIM's invalidValue for what is no number. */
function wholeNumber(text: string | null, otherwise: number): number {
  if (text === null) return otherwise;
  if (!/^-?\d{1,9}$/.test(text)) throw scimError(400, "invalidValue", "startIndex and count are whole numbers");
  return Number(text);
}
