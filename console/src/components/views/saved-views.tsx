// Views that were saved of a page: one's own, and those that are shared in the organisation. A view is what stands behind the page's
// address; saving, opening and deleting them is the same for every page.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { View } from "../../../../src/views/contract.ts";
import { useServices } from "../../page/services.ts";
import { Menu } from "../overlays/menu.tsx";
import { ManageViews } from "./manage-views.tsx";
import { SaveView } from "./save-view.tsx";

interface SavedViewsProps {
  /** As the API names it: `calls`. */
  page: string;
  /** What the page is set to now, as it stands behind its address. */
  search: string;
  onOpen: (search: string) => void;
}

export function SavedViews({ page, search, onOpen }: SavedViewsProps) {
  const { api } = useServices();
  const client = useQueryClient();
  const [asked, setAsked] = useState<"save" | "manage" | null>(null);
  const key = ["views", page];
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.client.views.list({ page }, { signal }),
    staleTime: 60_000,
  });
  const views = data?.views ?? [];
  const own = views.filter((view) => view.is_own);
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: key });
  return (
    <>
      <Menu
        label="Saved views"
        items={[
          ...views.map((view) => ({ label: nameOf(view), onSelect: () => onOpen(view.search) })),
          { label: "Save this view", isApart: views.length > 0, onSelect: () => setAsked("save") },
          ...(own.length > 0 ? [{ label: "Delete a view", onSelect: () => setAsked("manage") }] : []),
        ]}
      >
        Views
      </Menu>
      {asked === "save" && (
        <SaveView page={page} search={search} own={own} onSaved={refresh} onClose={() => setAsked(null)} />
      )}
      {asked === "manage" && <ManageViews views={own} onChanged={refresh} onClose={() => setAsked(null)} />}
    </>
  );
}

/** Names are each owner's own: others' say whose they are. */
function nameOf({ name, owner, is_own: isOwn, shared }: View): string {
  if (!isOwn) return `${name}, by ${owner}`;
  return shared ? `${name}, shared` : name;
}
