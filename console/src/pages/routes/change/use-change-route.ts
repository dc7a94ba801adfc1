// Changes of one route: sent with the revision that they are meant for, and taken back by a toast while it is there.
import { useQueryClient } from "@tanstack/react-query";
import type { RouteChanged } from "../../../../../src/gateway/contract.ts";
import { toast } from "../../../components/overlays/show-toast.ts";
import { useServices } from "../../../page/services.ts";

interface Put {
  plan: Record<string, unknown>;
  revision: number;
  isDryRun: boolean;
}

export interface ChangeRoute {
  put(wish: Put): Promise<RouteChanged>;
  restore(revision: number, standing: number, isDryRun: boolean): Promise<RouteChanged>;
  remove(revision: number): Promise<void>;
}

export function useChangeRoute(name: string): ChangeRoute {
  const { api } = useServices();
  const queries = useQueryClient();
  const { routes } = api.client;
  const look = (): Promise<void> => queries.invalidateQueries({ queryKey: ["routes"] });

  async function restoreTo(revision: number): Promise<void> {
    await routes.restore({ name, revision });
    await look();
  }
  /** Back to the revision before; where there was none, it goes. */
  async function takeBack({ revision_before: before, route }: RouteChanged): Promise<void> {
    if (before > 0) return restoreTo(before);
    await routes.delete({ params: { name }, query: { if_revision: route.revision ?? 0 } });
    await look();
  }
  const tell = (changed: RouteChanged): void => {
    if (changed.changes.length === 0) return toast({ text: `${name} stands as it did: nothing was different` });
    if (changed.approval_id !== null)
      return toast({ text: `Revision ${changed.route.revision} of ${name} waits for its approval before it serves` });
    toast({ text: `${name} is at revision ${changed.route.revision}`, undo: () => takeBack(changed) });
  };
  return {
    async put({ plan, revision, isDryRun }) {
      const changed = await routes.put({ name, plan, if_revision: revision, dry_run: isDryRun });
      if (isDryRun) return changed;
      await look();
      tell(changed);
      return changed;
    },
    async restore(revision, standing, isDryRun) {
      const changed = await routes.restore({ name, revision, if_revision: standing, dry_run: isDryRun });
      if (isDryRun) return changed;
      await look();
      tell(changed);
      return changed;
    },
    async remove(revision) {
      await routes.delete({ params: { name }, query: { if_revision: revision } });
      await look();
      toast({ text: `${name} is deleted`, undo: () => restoreTo(revision) });
    },
  };
}
