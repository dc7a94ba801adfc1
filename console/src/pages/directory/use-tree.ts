// The tree of one organisation, made anew as what it is made from changes.
import { useMemo } from "react";
import { explainError, type Problem } from "../../api/explain-error.ts";
import { useBudgets, useEntries, useKeys } from "../../components/access/use-access.ts";
import { type Spend, useSpend } from "../../components/access/use-spend.ts";
import { buildTree, type DirectoryNode } from "./tree/build-tree.ts";

const homeOrganisation = "default";

export interface Tree {
  /** Null before it was read once. */
  root: DirectoryNode | null;
  problem: Problem | null;
  /** Some list was longer than the page reads. */
  isCut: boolean;
  updatedAtMs: number | null;
  spendOf: (node: DirectoryNode) => Spend | null;
}

export function useTree(organisation: string): Tree {
  const organisations = useEntries("organisations", organisation, organisation !== homeOrganisation);
  const lists = [
    useEntries("teams", organisation),
    useEntries("projects", organisation),
    useEntries("users", organisation),
  ];
  const [teams, projects, users] = lists.map(({ data }) => data);
  const keys = useKeys(organisation);
  const budgets = useBudgets(organisation);
  const entry = organisations.data?.rows.find(({ name }) => name === organisation);
  const root = useMemo(() => {
    if (teams === undefined || projects === undefined || users === undefined) return null;
    return buildTree({
      organisation: { name: organisation, entry },
      teams: teams.rows,
      projects: projects.rows,
      users: users.rows,
      keys: keys.data?.rows ?? [],
      budgets: budgets.data?.rows ?? [],
    });
  }, [organisation, entry, teams, projects, users, keys.data, budgets.data]);
  const all = [...lists, keys, budgets];
  const failed = all.find(({ error }) => error !== null);
  const times = all.map(({ dataUpdatedAt }) => dataUpdatedAt).filter((ms) => ms > 0);
  return {
    root,
    problem: failed === undefined ? null : explainError(failed.error),
    isCut: [...lists, keys].some(({ data }) => data?.isCut === true),
    updatedAtMs: times.length === 0 ? null : Math.min(...times),
    spendOf: useSpendOf(organisation),
  };
}

function useSpendOf(organisation: string): (node: DirectoryNode) => Spend | null {
  const whole = useSpend("organisation", organisation).data;
  const team = useSpend("team", organisation).data;
  const project = useSpend("project", organisation).data;
  const user = useSpend("user", organisation).data;
  const key = useSpend("key", organisation).data;
  return useMemo(() => {
    const spends = { organisation: whole, team, project, user, key };
    return ({ kind, name, key: itsKey }) => {
      if (kind === "people") return null;
      const known = spends[kind];
      if (known === undefined) return null;
      return known.get(itsKey?.id ?? name) ?? { usdMicros: 0, records: 0 };
    };
  }, [whole, team, project, user, key]);
}
