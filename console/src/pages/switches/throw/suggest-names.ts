// Names that there are of what can be switched off, as far as the reader may list them. Agents and tools are in no list.
import type { BinnacleClient } from "../../../../../client/index.ts";
import type { SwitchKind } from "../../../../../src/governance/contract.ts";
import type { Suggestion } from "../../../components/inputs/choices/combo-field.tsx";

interface Asking {
  client: BinnacleClient;
  operations: readonly string[];
  signal: AbortSignal;
}

type Lister = {
  operation: string;
  list: (client: BinnacleClient, how: { signal: AbortSignal }) => Promise<Suggestion[]>;
};

const shownMax = 40;
const askedMax = 200;

const byName = ({ name }: { name: string }): Suggestion => ({ value: name });
const all = { limit: askedMax };

const listers: Partial<Record<SwitchKind, Lister>> = {
  organisation: {
    operation: "organisations.list",
    list: async (client, how) => (await client.organisations.list(all, how)).entries.map(byName),
  },
  team: {
    operation: "teams.list",
    list: async (client, how) => (await client.teams.list(all, how)).entries.map(byName),
  },
  project: {
    operation: "projects.list",
    list: async (client, how) => (await client.projects.list(all, how)).entries.map(byName),
  },
  user: {
    operation: "users.list",
    list: async (client, how) => (await client.users.list(all, how)).entries.map(byName),
  },
  key: {
    operation: "keys.list",
    list: async (client, how) =>
      (await client.keys.list(all, how)).keys
        .filter(({ revoked_at_ms: revokedMs }) => revokedMs === null)
        .map(({ name, id }) => ({ value: name, note: id })),
  },
  vendor: {
    operation: "vendors",
    list: async (client, how) => (await client.vendors(undefined, how)).vendors.map(byName),
  },
  route: {
    operation: "routes.list",
    list: async (client, how) => (await client.routes.list(undefined, how)).routes.map(byName),
  },
  model: {
    operation: "models",
    list: async (client, how) =>
      (await client.models({ limit: 1000 }, how)).models
        .filter(({ kind }) => kind !== "route")
        .map(({ id }) => ({ value: id })),
  },
};

export async function suggestNames(
  kind: SwitchKind,
  typed: string,
  { client, operations, signal }: Asking,
): Promise<readonly Suggestion[]> {
  const lister = listers[kind];
  if (lister === undefined || !operations.includes(lister.operation)) return [];
  const wanted = typed.trim().toLowerCase();
  const found = (await lister.list(client, { signal })).filter(({ value }) => value.toLowerCase().includes(wanted));
  return found.slice(0, shownMax);
}
