// A provider of identities that speaks SCIM to the whole program.
import type { TestApp } from "../app.ts";

export const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
export const GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
export const LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
export const ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";
export const PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

export interface Said {
  status: number;
  // Whatever a provider would read of it.
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
  headers: Headers;
}

/** With a key of its own. */
export async function startProvider(app: TestApp) {
  const key = (await app.client.keys.create({ name: "entra", scopes: ["scim"] })).secret;
  let made = 0;

  async function ask(
    method: string,
    path: string,
    ...[body, headers = {}]: [body?: unknown, headers?: Record<string, string>]
  ): Promise<Said> {
    const response = await fetch(`${app.url}/scim/v2${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/scim+json", ...headers },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : JSON.parse(text), headers: response.headers };
  }

  const patch = (path: string, ...operations: object[]): Promise<Said> =>
    ask("PATCH", path, { schemas: [PATCH], Operations: operations });

  function person(more: object = {}) {
    made += 1;
    const userName = `ada.${made}@example.com`;
    return {
      schemas: [USER],
      userName,
      externalId: `ext-${made}`,
      name: { givenName: "Ada", familyName: `Lovelace ${made}` },
      emails: [{ value: userName, type: "work", primary: true }],
      active: true,
      ...more,
    };
  }

  const createUser = async (more: object = {}) => (await ask("POST", "/Users", person(more))).body;
  const createGroup = async (displayName: string, members: { id: string }[] = []) =>
    (await ask("POST", "/Groups", { schemas: [GROUP], displayName, members: members.map(({ id }) => ({ value: id })) }))
      .body;
  const find = (kind: string, filter: string) => ask("GET", `/${kind}?filter=${encodeURIComponent(filter)}`);

  return { key, ask, patch, person, createUser, createGroup, find };
}
