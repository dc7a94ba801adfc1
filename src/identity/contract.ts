// People and their sessions as they stand on the wire.
import { oc } from "@orpc/contract";
import { z } from "zod";
import { roleNames } from "../policy/contract.ts";
import { budgetViewSchema, scopes } from "../governance/contract.ts";

const user = z.string().trim().min(1).max(100).describe("a user of the directory");
const roles = z.array(z.enum(roleNames)).max(roleNames.length);
const password = z.string().min(1).max(1000);

export const personSchema = z.object({
  user: z.string(),
  roles,
  has_password: z.boolean(),
  passkeys: z.number().int(),
  accounts: z.array(z.object({ provider: z.string(), subject: z.string() })),
  invited_until_ms: z.number().int().nullable(),
  last_sign_in_at_ms: z.number().int().nullable(),
});
export type Person = z.output<typeof personSchema>;

export const sessionViewSchema = z.object({
  id: z.string(),
  way: z.string().describe("key, password, passkey, invitation, oidc:NAME or saml:NAME"),
  agent: z.string().describe("what the browser says of itself"),
  address: z.string(),
  created_at_ms: z.number().int(),
  seen_at_ms: z.number().int().describe("about a minute old at the most"),
  expires_at_ms: z.number().int(),
  is_current: z.boolean().describe("the one that asks"),
});
export type SessionView = z.output<typeof sessionViewSchema>;

const passkeySchema = z.object({
  id: z.string(),
  name: z.string(),
  created_at_ms: z.number().int(),
  last_used_at_ms: z.number().int().nullable(),
});
export type Passkey = z.output<typeof passkeySchema>;

export const wayKinds = ["key", "password", "passkey", "oidc", "saml"] as const;
/** GET /api/sign-in: what the page may offer, without having signed in. */
export interface SignInWay {
  kind: (typeof wayKinds)[number];
  name: string;
  title: string;
}

const people = ["People"];
const session = ["Session"];
const sessionsOutput = z.object({ sessions: z.array(sessionViewSchema) });
const ended = z.object({ ended: z.number().int() });
const named = z.object({ user });

const peopleContract = {
  list: oc
    .route({ method: "GET", path: "/people", summary: "List those who can prove who they are, by name", tags: people })
    .input(z.object({ limit: z.coerce.number().int().min(1).max(200).default(100), cursor: z.string().optional() }))
    .output(z.object({ people: z.array(personSchema), next_cursor: z.string().nullable() })),
  invite: oc
    .route({
      method: "POST",
      path: "/people/{user}/invite",
      successStatus: 201,
      summary: "Invite a user; the link is good once, and makes older ones void",
      tags: people,
    })
    .input(
      z.strictObject({
        user,
        roles: roles.optional().describe("set with the invitation; those before stay if left out"),
      }),
    )
    .output(z.object({ user: z.string(), url: z.string(), expires_at_ms: z.number().int() })),
  update: oc
    .route({
      method: "PATCH",
      path: "/people/{user}",
      summary: "Set a person's roles; open sessions end",
      tags: people,
    })
    .input(z.strictObject({ user, roles }))
    .output(personSchema),
  setPassword: oc
    .route({
      method: "PUT",
      path: "/people/{user}/password",
      summary: "Set a password; open sessions end",
      tags: people,
    })
    .input(z.strictObject({ user, password }))
    .output(personSchema),
  unlink: oc
    .route({
      method: "DELETE",
      path: "/people/{user}/accounts/{provider}",
      summary: "Let go of a person's account at a provider, such as oidc:corp",
      tags: people,
    })
    .input(z.object({ user, provider: z.string().min(1).max(60) }))
    .output(personSchema),
  sessions: oc
    .route({
      method: "GET",
      path: "/people/{user}/sessions",
      summary: "List a person's sessions, newest first",
      tags: people,
    })
    .input(named)
    .output(sessionsOutput),
  signOut: oc
    .route({
      method: "POST",
      path: "/people/{user}/sign-out",
      summary: "End all sessions of a person; on every process within a second",
      tags: people,
    })
    .input(named)
    .output(ended),
};

const sightSchema = z.enum(["organisation", "project", "own", "nothing"]).describe("whose");
/** Who is signed in, and what pages may offer them. */
export const ownSessionSchema = z.object({
  key_id: z.string().describe("`person:NAME` for people"),
  key_name: z.string(),
  scopes: z.array(z.enum(scopes)),
  kind: z.string(),
  user: z.string().nullable(),
  roles: z.array(z.enum(roleNames)),
  organisation: z.string(),
  is_installation: z.boolean().describe("of the installation's own organisation, not of a tenant"),
  actions: z
    .array(z.string())
    .describe("what the policies allow on anything of one's own organisation; docs/reference/policies.md has them"),
  sees: z
    .object({ records: sightSchema, bodies: sightSchema, figures: sightSchema })
    .describe("whose records, texts of calls, and figures are shown"),
  operations: z.array(z.string()).describe("the operations of this API that are allowed, by operationId"),
  csrf_token: z.string().nullable().describe("for the header x-csrf-token of changes; null without a cookie"),
  expires_at_ms: z.number().int().nullable(),
});
export type OwnSession = z.output<typeof ownSessionSchema>;

const sessionContract = {
  get: oc
    .route({ method: "GET", path: "/session", summary: "Who is signed in, and what they may do", tags: session })
    .output(ownSessionSchema),
  limits: oc
    .route({
      method: "GET",
      path: "/session/limits",
      summary: "What is left of the budgets and limits that one's own next call is under",
      tags: session,
    })
    .output(
      z.object({
        limits: z
          .array(budgetViewSchema)
          .describe("one's own, one's team's, project's and organisation's; none of routes and vendors"),
      }),
    ),
  list: oc
    .route({ method: "GET", path: "/session/devices", summary: "List one's own sessions, newest first", tags: session })
    .output(sessionsOutput),
  end: oc
    .route({ method: "DELETE", path: "/session/devices/{id}", summary: "End one of one's own sessions", tags: session })
    .input(z.object({ id: z.string().max(100) }))
    .output(ended),
  endOthers: oc
    .route({
      method: "DELETE",
      path: "/session/devices",
      summary: "End all of one's own sessions but this",
      tags: session,
    })
    .output(ended),
  changePassword: oc
    .route({
      method: "PUT",
      path: "/session/password",
      summary: "Change one's password; other sessions end",
      tags: session,
    })
    .input(z.strictObject({ current: z.string().max(1000).optional().describe("where there is one"), next: password }))
    .output(ended),
  passkeys: oc
    .route({ method: "GET", path: "/session/passkeys", summary: "List one's own passkeys", tags: session })
    .output(z.object({ passkeys: z.array(passkeySchema) })),
  beginPasskey: oc
    .route({ method: "POST", path: "/session/passkeys/begin", summary: "What the browser is to make", tags: session })
    .output(z.record(z.string(), z.unknown())),
  addPasskey: oc
    .route({
      method: "POST",
      path: "/session/passkeys",
      successStatus: 201,
      summary: "Add what it made",
      tags: session,
    })
    .input(z.strictObject({ name: z.string().trim().min(1).max(100), answer: z.record(z.string(), z.unknown()) }))
    .output(passkeySchema),
  removePasskey: oc
    .route({
      method: "DELETE",
      path: "/session/passkeys/{id}",
      summary: "Remove one of one's own passkeys",
      tags: session,
    })
    .input(z.object({ id: z.string().max(2000) }))
    .output(z.object({ id: z.string() })),
};

export const identityContract = { people: peopleContract, session: sessionContract };
