// Rules: what is watched, how each was last read, and one of them beside the list.
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import type { RuleView } from "../../../../../src/alerts/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Age } from "../../../components/figures/moment.tsx";
import { StateWord } from "../../../components/figures/state-word.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { CopyButton } from "../../../components/parts/copy-button.tsx";
import { type Column, DataTable } from "../../../components/tables/data-table.tsx";
import { useMayDo, useServices } from "../../../page/services.ts";
import { useRules } from "../queries.ts";
import { RuleDialog } from "./rule-dialog.tsx";
import { RuleDrawer } from "./rule-drawer.tsx";

const route = getRouteApi("/alerts");
const keyOf = ({ name }: RuleView): string => name;

const sourceWords: Record<RuleView["source"], string> = {
  default: "there by itself",
  config: "binnacle.yaml",
  api: "API",
};

const columns: Column<RuleView>[] = [
  {
    id: "name",
    head: "Rule",
    width: "minmax(9rem, 1.2fr)",
    cell: ({ name }) => <span className="font-semibold">{name}</span>,
    sort: (one, other) => one.name.localeCompare(other.name),
  },
  { id: "state", head: "State", width: "7.5rem", priority: 1, cell: (rule) => <RuleState rule={rule} /> },
  { id: "kind", head: "Kind", width: "minmax(7rem, 1fr)", cell: ({ kind }) => kind.replaceAll("_", " ") },
  { id: "severity", head: "Severity", width: "6rem", cell: ({ spec }) => String(spec["severity"] ?? "") },
  { id: "series", head: "Series", align: "end", width: "4.5rem", cell: ({ series }) => series ?? "–" },
  {
    id: "read",
    head: "Last look",
    width: "7rem",
    cell: ({ read_at_ms: ms }) => (ms === null ? "not yet" : <Age ms={ms} />),
  },
  { id: "source", head: "From", width: "8rem", priority: 3, cell: ({ source }) => sourceWords[source] },
  {
    id: "error",
    head: "Problem",
    width: "minmax(6rem, 1.5fr)",
    priority: 3,
    cell: ({ error }) => <bdi className="text-fail">{error}</bdi>,
  },
];

function RuleState({ rule: { enabled, error } }: { rule: RuleView }) {
  if (error !== null) return <StateWord tone="fail">cannot be read</StateWord>;
  return enabled ? <StateWord tone="ok">watches</StateWord> : <StateWord tone="off">off</StateWord>;
}

export function Rules() {
  const { api } = useServices();
  const { open = null } = route.useSearch();
  const navigate = useNavigate();
  const asked = useRules();
  const mayPut = useMayDo("alerts.rules.put");
  const [isMaking, setMaking] = useState(false);
  const show = useCallback(
    (name: string | undefined, replace: boolean) =>
      void navigate({ to: "/alerts", search: { tab: "rules", open: name }, replace }),
    [navigate],
  );
  const shown = asked.data?.find(({ name }) => name === open);
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <div className="flex items-center justify-end gap-2 border-b border-line bg-sheet px-4 py-2">
          <CopyButton text={curlFor(api.origin, "/alerts/rules")} label="the curl command for this list" word="curl" />
          {mayPut && <Button onClick={() => setMaking(true)}>New rule</Button>}
        </div>
        <DataTable
          label="Rules"
          fill
          rows={asked.data ?? []}
          rowKey={keyOf}
          columns={columns}
          openKey={open}
          onOpen={({ name }, { replace }) => show(name, replace)}
          loading={asked.isPending}
          problem={asked.isError && asked.data === undefined ? explainError(asked.error) : null}
          empty="No rule watches anything."
        />
      </div>
      {shown !== undefined && <RuleDrawer rule={shown} onClose={() => show(undefined, false)} />}
      {isMaking && <RuleDialog rule={null} onClose={() => setMaking(false)} />}
    </div>
  );
}
