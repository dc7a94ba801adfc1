// The directory as a tree: an organisation, its teams, their projects, people and keys. Whatever belongs to several teams stands under each.
import type { BudgetView, Entry, Key } from "../../../../../src/governance/contract.ts";
import { type CapView, capsOf, groupByOwner, whoseOf } from "../../../components/access/caps/caps-of.ts";

export type NodeKind = "organisation" | "team" | "project" | "user" | "key" | "people";

export interface DirectoryNode {
  /** Of this place in the tree. */
  path: string;
  /** What stands there, as the address names it: `team:finance`, `key:<id>`. */
  what: string;
  kind: NodeKind;
  name: string;
  /** Undefined for keys, for people taken together, and for what is only named, but not in the directory. */
  entry?: Entry | undefined;
  key?: Key | undefined;
  caps: readonly CapView[];
  children: readonly DirectoryNode[];
}

export interface DirectoryParts {
  /** Undefined for the installation's own, which carries nothing but what the configuration says. */
  organisation: { name: string; entry: Entry | undefined };
  teams: readonly Entry[];
  projects: readonly Entry[];
  users: readonly Entry[];
  keys: readonly Key[];
  budgets: readonly BudgetView[];
}

export function buildTree(parts: DirectoryParts): DirectoryNode {
  const place = createPlacing(parts);
  const { name, entry } = parts.organisation;
  const root = { path: `organisation:${name}`, what: `organisation:${name}` };
  const teams = parts.teams.map((team) => place.team(team, root.path));
  const caps = place.capsOf({ kind: "organisation", name, budgets: [], limits: [], ...entry });
  const children = [...teams, ...place.loose(root.path)];
  return { ...root, kind: "organisation", name, entry, caps, children };
}

function createPlacing({ teams, projects, users, keys, budgets }: DirectoryParts) {
  const counted = groupByOwner(budgets);
  const live = keys.filter(({ revoked_at_ms: revoked }) => revoked === null);
  const known = {
    team: new Set(teams.map(({ name }) => name)),
    project: new Set(projects.map(({ name }) => name)),
    user: new Set(users.map(({ name }) => name)),
  };
  const byHome = Map.groupBy(live, (key) => homeOf(key, known));
  const projectsByTeam = groupByTeams(projects, known.team);
  const usersByTeam = groupByTeams(users, known.team);

  const cappedBy = (owner: Parameters<typeof capsOf>[0]): CapView[] => capsOf(owner, counted.get(whoseOf(owner)) ?? []);
  const keyNodes = (home: string, above: string): DirectoryNode[] =>
    (byHome.get(home) ?? []).toSorted(byName).map((key) => ({
      path: `${above}/key:${key.id}`,
      what: `key:${key.id}`,
      kind: "key",
      name: key.name,
      key,
      caps: cappedBy({ kind: "key", name: key.id, budgets: key.budgets, limits: key.limits }),
      children: [],
    }));
  const entryNode = (kind: "project" | "user", entry: Entry, above: string): DirectoryNode => {
    const what = `${kind}:${entry.name}`;
    const path = `${above}/${what}`;
    const caps = cappedBy({ kind, name: entry.name, budgets: entry.budgets, limits: entry.limits });
    return { path, what, kind, name: entry.name, entry, caps, children: keyNodes(what, path) };
  };
  const people = (entries: readonly Entry[], above: string): DirectoryNode[] => {
    if (entries.length === 0) return [];
    const path = `${above}/people`;
    const name = entries.length === 1 ? "1 person" : `${entries.length} people`;
    const children = entries.map((entry) => entryNode("user", entry, path));
    return [{ path, what: path, kind: "people", name, caps: [], children }];
  };

  return {
    capsOf: cappedBy,
    team(entry: Entry, above: string): DirectoryNode {
      const what = `team:${entry.name}`;
      const path = `${above}/${what}`;
      const children = [
        ...(projectsByTeam.get(entry.name) ?? []).map((project) => entryNode("project", project, path)),
        ...keyNodes(what, path),
        ...people(usersByTeam.get(entry.name) ?? [], path),
      ];
      const caps = cappedBy({ kind: "team", name: entry.name, budgets: entry.budgets, limits: entry.limits });
      return { path, what, kind: "team", name: entry.name, entry, caps, children };
    },
    /** What is in no team. */
    loose: (above: string): DirectoryNode[] => [
      ...(projectsByTeam.get(null) ?? []).map((project) => entryNode("project", project, above)),
      ...keyNodes("", above),
      ...people(usersByTeam.get(null) ?? [], above),
    ],
  };
}

interface Known {
  team: ReadonlySet<string>;
  project: ReadonlySet<string>;
  user: ReadonlySet<string>;
}

/** A key stands with what it is nearest to: its project, else its user, else its team; else, or where these are not in the directory, above all. */
function homeOf({ project, user, team }: Key, known: Known): string {
  if (project !== null && known.project.has(project)) return `project:${project}`;
  if (user !== null && known.user.has(user)) return `user:${user}`;
  return team !== null && known.team.has(team) ? `team:${team}` : "";
}

interface Placed {
  team: string | null;
  entry: Entry;
}

function groupByTeams(entries: readonly Entry[], known: ReadonlySet<string>): ReadonlyMap<string | null, Entry[]> {
  const placed = entries.flatMap((entry): Placed[] => {
    const teams = entry.teams.filter((team) => known.has(team));
    return teams.length === 0 ? [{ team: null, entry }] : teams.map((team) => ({ team, entry }));
  });
  const groups = Map.groupBy(placed, ({ team }) => team);
  return new Map([...groups].map(([team, list]) => [team, list.map(({ entry }) => entry)]));
}

const byName = (one: Key, other: Key): number => one.name.localeCompare(other.name);
