// Making, changing and deleting what the directory has, each with what takes it back where something does.
import type { Entry } from "../../../../../src/governance/contract.ts";
import type { Problem } from "../../../api/explain-error.ts";
import { useChange, useUndo } from "../../../components/access/use-change.ts";
import { toast } from "../../../components/overlays/show-toast.ts";
import { useServices } from "../../../page/services.ts";

export type EntryKind = "organisation" | "team" | "project" | "user";
export type EntryChange = Partial<Pick<Entry, "roles" | "teams" | "disabled" | "budgets" | "limits">>;

const routes = { organisation: "organisations", team: "teams", project: "projects", user: "users" } as const;

export function useEntryChanges(kind: EntryKind, organisation: string) {
  const { api } = useServices();
  const change = useChange();
  const undo = useUndo();
  const route = api.client[routes[kind]];
  // An organisation is in none.
  const within = kind === "organisation" ? {} : { organisation };

  async function create(name: string, settings: EntryChange): Promise<Problem | null> {
    const problem = await change(() => route.create({ name, ...within, ...settings }));
    if (problem === null)
      toast({ text: `The ${kind} ${name} is there.`, undo: undo(() => route.delete({ name, ...within })) });
    return problem;
  }

  /** `words`: what is so now, where it is not just changed. */
  async function update(before: Entry, settings: EntryChange, words?: string): Promise<Problem | null> {
    const { name } = before;
    const problem = await change(() => route.update({ name, ...within, ...settings }));
    const wasSo = Object.fromEntries(
      Object.keys(settings).map((field) => [field, before[field as keyof EntryChange]]),
    ) as EntryChange;
    if (problem === null)
      toast({
        text: words ?? `The ${kind} ${name} is changed.`,
        undo: undo(() => route.update({ name, ...within, ...wasSo })),
      });
    return problem;
  }

  /** `onGone` comes before anything is read anew: by then, something else may have been opened. */
  async function remove(before: Entry, onGone: () => void): Promise<Problem | null> {
    const { name, roles, teams, disabled, budgets, limits } = before;
    const problem = await change(async () => {
      await route.delete({ name, ...within });
      onGone();
    });
    // A user who is made again is another: what they signed in with is gone.
    const isTakenBack = kind !== "user";
    const again = { name, ...within, teams, roles, disabled, budgets, limits };
    if (problem === null)
      toast({ text: `The ${kind} ${name} is gone.`, ...(isTakenBack && { undo: undo(() => route.create(again)) }) });
    return problem;
  }

  return { create, update, remove };
}
