// The list of entries, and the one that is open beside it.
import { useCallback } from "react";
import type { AuditEntryView } from "../../../../../src/audit/contract.ts";
import { Empty } from "../../../components/frame/empty.tsx";
import { DataTable } from "../../../components/tables/data-table.tsx";
import { isNarrowed, useAddress } from "../address.ts";
import { EntryDrawer } from "../entry/entry-drawer.tsx";
import { trailColumns } from "./trail-columns.tsx";
import { useTrail } from "./use-trail.ts";

const keyOf = ({ id }: AuditEntryView): string => id;

export function Trail() {
  const { search, goTo, hrefOf } = useAddress();
  const trail = useTrail();
  const hrefOfRow = useCallback(({ id }: AuditEntryView) => hrefOf({ open: id }), [hrefOf]);
  const open = useCallback(
    ({ id }: AuditEntryView, { replace }: { replace: boolean }) => goTo({ open: id }, replace),
    [goTo],
  );
  return (
    <div className="flex min-h-0 flex-1">
      <DataTable
        label="Audit trail"
        fill
        {...trail.table}
        rowKey={keyOf}
        columns={trailColumns}
        hrefOf={hrefOfRow}
        onOpen={open}
        openKey={search.open ?? null}
        empty={<NothingFound isNarrowed={isNarrowed(search)} withCalls={search.calls === "with"} />}
      />
      {search.open !== undefined && (
        <EntryDrawer key={search.open} id={search.open} onClose={() => goTo({ open: undefined })} />
      )}
    </div>
  );
}

function NothingFound({ isNarrowed: narrowed, withCalls }: { isNarrowed: boolean; withCalls: boolean }) {
  if (narrowed)
    return "No entry in this time is as the fields above say. They look for whole words: key.create, not key.";
  return (
    <Empty title="Nothing on the trail in this time" code="binnacle audit list">
      Each change, each refusal and each reading of what people said leaves an entry.
      {withCalls ? " Calls leave one together." : " Entries of calls are left out here: “with calls” shows them too."}
    </Empty>
  );
}
