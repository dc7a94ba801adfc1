// Saved views of the calls: outcome, filter and time; never which call is open.
import { useNavigate } from "@tanstack/react-router";
import { SavedViews } from "../../../components/views/saved-views.tsx";
import { formatSearch, parseSearch } from "../../../shell/routing/search.ts";
import { searchOf } from "../address.ts";
import type { CallFilter } from "../feed/call-filter.ts";
import { callsSearch } from "../search-fields.ts";

export function Views({ filter }: { filter: CallFilter }) {
  const navigate = useNavigate();
  const open = (search: string): void =>
    void navigate({
      to: "/calls/{-$callId}",
      params: { callId: undefined },
      search: callsSearch(parseSearch(search)),
    });
  return <SavedViews page="calls" search={formatSearch(searchOf(filter)).replace(/^\?/, "")} onOpen={open} />;
}
