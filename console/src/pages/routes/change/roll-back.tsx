// Makes an earlier version the newest, once the reader has seen what that changes.
import { useQuery } from "@tanstack/react-query";
import { explainError } from "../../../api/explain-error.ts";
import { tryChange } from "../../../api/try-change.ts";
import { ConfirmDialog } from "../../../components/overlays/confirm-dialog.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { Changes } from "./outlook.tsx";
import { useChangeRoute } from "./use-change-route.ts";

interface RollBackProps {
  name: string;
  revision: number;
  /** What stands; 0 where nothing does. */
  standing: number;
  onClose: () => void;
}

export function RollBack({ name, revision, standing, onClose }: RollBackProps) {
  const { restore } = useChangeRoute(name);
  const outlook = useQuery({
    // Not among the "routes": asked anew after the change, it would be asked against a revision that is no longer there.
    queryKey: ["roll back", name, revision, standing],
    queryFn: () => restore(revision, standing, true),
    retry: false,
    staleTime: 0,
  });
  return (
    <ConfirmDialog
      title={`Roll ${name} back to revision ${revision}`}
      consequence={
        <div className="grid gap-2">
          <p>
            Calls that name {name} are routed by the plan of revision {revision} within a second, in all processes;
            calls under way end as they began. It becomes a revision of its own, and what stands now stays in the
            history.
          </p>
          {outlook.data !== undefined && <Changes changes={outlook.data.changes} />}
          {outlook.error !== null && <Notice problem={explainError(outlook.error)} />}
        </div>
      }
      confirmLabel="Roll back"
      tone="plain"
      onClose={onClose}
      onConfirm={() => tryChange(() => restore(revision, standing, false))}
    />
  );
}
