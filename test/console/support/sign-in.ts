// Sessions of people with each role, as cookies that a browser can be given, so that only the tests of signing in go through its page.
import type { Page } from "playwright-core";
import type { RoleName } from "../../../src/policy/contract.ts";
import { visit, type Visitor } from "../../support/people/visitor.ts";
import type { House } from "./house/house.ts";

/** A role, the holder of the first admin key, or somebody who has not signed in. */
export type Who = RoleName | "key" | "nobody";

export interface Cookie {
  name: string;
  value: string;
  url: string;
}

export const PASSWORD = "four green boats at noon";

/** Where nobody has the role, a user is made at the first time of asking, and named as the role is. */
export function createSignIn(house: House): (who: Who) => Promise<Cookie[]> {
  const sessions = new Map<Who, Promise<Visitor>>();
  return async (who) => {
    if (who === "nobody") return [];
    const session = sessions.get(who) ?? (who === "key" ? enterByKey(house) : enterAs(house, who));
    sessions.set(who, session);
    return [...(await session).cookies].map(([name, value]) => ({ name, value, url: house.url }));
  };
}

async function enterByKey(house: House): Promise<Visitor> {
  return entered(await tryToEnter(house, "/api/session", { key: house.key }));
}

async function enterAs(house: House, role: RoleName): Promise<Visitor> {
  const person = house.people.find(({ roles }) => roles.length === 1 && roles[0] === role);
  if (person !== undefined)
    return entered(await tryToEnter(house, "/api/sign-in/password", { name: person.user, password: person.password }));
  await house.client.users.create({ name: role });
  const { url } = await house.client.people.invite({ user: role, roles: [role] });
  const token = url.split("#/invitation/")[1] ?? "";
  return entered(await tryToEnter(house, "/api/sign-in/invitation", { token, password: PASSWORD }));
}

async function tryToEnter(house: House, path: string, body: object): Promise<[Visitor, Response]> {
  const visitor = visit(house.url);
  return [visitor, await visitor.post(path, body)];
}

async function entered([visitor, response]: [Visitor, Response]): Promise<Visitor> {
  if (!response.ok) throw new Error(`signing in was answered ${response.status}: ${await response.text()}`);
  return visitor;
}

/** As a reader does it, on the page that asks who is there. */
export async function signInByKey(page: Page, key: string): Promise<void> {
  const field = page.getByRole("textbox", { name: "API key" });
  const other = page.locator("summary", { hasText: "Sign in with an API key" });
  await field.or(other).first().waitFor();
  if (await other.isVisible()) await other.click();
  await field.fill(key);
  await field.press("Enter");
}
