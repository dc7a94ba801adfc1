// One's own views, to be deleted. Each can be taken back for a moment: it is saved again as it was.
import { useState } from "react";
import type { View } from "../../../../src/views/contract.ts";
import { explainError, type Problem } from "../../api/explain-error.ts";
import { useServices } from "../../page/services.ts";
import { Dialog } from "../overlays/dialog.tsx";
import { toast } from "../overlays/show-toast.ts";
import { Button } from "../parts/button.tsx";
import { Notice } from "../parts/notice.tsx";
import { describeSearch } from "./describe-search.ts";

interface ManageViewsProps {
  views: readonly View[];
  onChanged: () => Promise<void>;
  onClose: () => void;
}

export function ManageViews({ views, onChanged, onClose }: ManageViewsProps) {
  const { api } = useServices();
  const [problem, setProblem] = useState<Problem | null>(null);
  const remove = async ({ id, page, name, search, shared }: View): Promise<void> => {
    try {
      await api.client.views.delete({ id });
      await onChanged();
      setProblem(null);
      toast({
        text: `Deleted the view ${name}.`,
        undo: async () => {
          await api.client.views.put({ page, name, search, shared });
          await onChanged();
        },
      });
    } catch (error) {
      setProblem(explainError(error));
    }
  };
  return (
    <Dialog title="Delete a view" onClose={onClose}>
      {views.length === 0 && <p className="text-soft">You have no view of this page.</p>}
      <ul>
        {views.map((view) => (
          <li key={view.id} className="flex items-center gap-3 border-t border-line py-1.5 first:border-t-0">
            <div className="min-w-0 flex-1">
              <p className="foreign font-semibold">{view.name}</p>
              <p className="foreign font-mono text-fine text-soft">{describeSearch(view.search)}</p>
            </div>
            <Button aria-label={`Delete ${view.name}`} onClick={() => void remove(view)}>
              Delete
            </Button>
          </li>
        ))}
      </ul>
      {problem !== null && <Notice problem={problem} />}
    </Dialog>
  );
}
