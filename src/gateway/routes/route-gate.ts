// Versions of routes before the gate of approvals: of those that it covers, the newest that was approved serves.
import type { Gate } from "../../approvals/index.ts";
import type { Principal } from "../../governance/index.ts";
import { OWN_ORGANISATION } from "../../policy/index.ts";
import type { RouteStore, RouteVersion } from "./store.ts";

export type RouteGate = Gate;

/** Who changes a route; what is known of them besides says whose approval it needs. */
export type ChangedBy = { keyId: string; keyName: string } & Partial<
  Pick<Principal, "kind" | "user" | "organisation" | "roles">
>;

/** Where nothing must be approved. */
export const openGate: RouteGate = {
  isOpen: true,
  covers: () => false,
  stamp: () => Promise.resolve(""),
  read: () => Promise.resolve(() => true),
  submit: () => Promise.resolve(null),
};

/** Of each route, the version that serves; none where none was approved. */
export async function approvedAmong(
  newest: readonly RouteVersion[],
  { gate, store }: { gate: RouteGate; store: Pick<RouteStore, "versions"> },
): Promise<RouteVersion[]> {
  if (gate.isOpen) return [...newest];
  const isApproved = await gate.read("route");
  const serving = await Promise.all(
    newest.map(async (version) => {
      const { name, plan } = version;
      if (!gate.covers("route", name) || isApproved({ name, content: plan })) return version;
      const earlier = await store.versions(name, VERSIONS_LOOKED_AT);
      return earlier.find((each) => each.plan !== null && isApproved({ name, content: each.plan }));
    }),
  );
  return serving.filter((version) => version !== undefined);
}

const VERSIONS_LOOKED_AT = 1000;

/** The id of the approval that it waits for; null where it serves. */
export async function submit(
  gate: RouteGate,
  { name, plan }: { name: string; plan: unknown },
  { keyId, keyName, kind = "key", user = null, organisation = OWN_ORGANISATION, roles = [] }: ChangedBy,
): Promise<string | null> {
  if (!gate.covers("route", name)) return null;
  const by = { kind, id: keyId, name: keyName, user, organisation, roles };
  return gate.submit({ kind: "route", name, content: plan }, by);
}
