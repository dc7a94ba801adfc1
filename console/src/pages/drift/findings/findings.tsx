// What drifts, newest first, and one finding beside the list.
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import type { Finding } from "../../../../../src/drift/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { Age } from "../../../components/figures/moment.tsx";
import { StateWord } from "../../../components/figures/state-word.tsx";
import { Empty } from "../../../components/frame/empty.tsx";
import { CopyButton } from "../../../components/parts/copy-button.tsx";
import { Segmented } from "../../../components/parts/segmented.tsx";
import { type Column, DataTable } from "../../../components/tables/data-table.tsx";
import { useInfiniteRows } from "../../../components/tables/use-infinite-rows.tsx";
import { useServices } from "../../../page/services.ts";
import { useDrift } from "../queries.ts";
import { kindWords, sayChange, sayDetector, sayFigure, sayNumber, sayProfile, strongest } from "../say-drift.ts";
import { FindingDrawer } from "./finding-drawer.tsx";

const route = getRouteApi("/drift");
const keyOf = ({ id }: Finding): string => id;

const columns: Column<Finding>[] = [
  {
    id: "figure",
    head: "What",
    width: "minmax(10rem, 1.3fr)",
    cell: ({ figure }) => <span className="font-semibold">{sayFigure(figure)}</span>,
  },
  {
    id: "profile",
    head: "Of",
    width: "minmax(8rem, 1.2fr)",
    priority: 1,
    cell: ({ profile }) => <bdi>{profile === null ? "many profiles" : sayProfile(profile)}</bdi>,
  },
  {
    id: "state",
    head: "State",
    width: "8rem",
    priority: 1,
    cell: ({ state, kind }) =>
      state === "open" ? (
        <StateWord tone="warn">{kindWords[kind]}</StateWord>
      ) : (
        <StateWord tone="off">closed</StateWord>
      ),
  },
  {
    id: "change",
    head: "Before → now",
    width: "minmax(9rem, 1.3fr)",
    cell: ({ figure, evidence }) => <bdi>{sayChange(figure, evidence) ?? "–"}</bdi>,
  },
  {
    id: "distance",
    head: "Distance, bound",
    width: "minmax(11rem, 1.2fr)",
    priority: 3,
    cell: ({ evidence }) => <Distance evidence={evidence} />,
  },
  { id: "since", head: "Since", width: "6.5rem", cell: ({ since_ms: ms }) => <Age ms={ms} /> },
];

function Distance({ evidence: { measures } }: Pick<Finding, "evidence">) {
  const found = strongest(measures);
  if (found === null) return "–";
  return (
    <>
      {sayNumber(found.effect)} of {sayNumber(found.threshold)}{" "}
      <span className="text-soft">{sayDetector(found.detector)}</span>
    </>
  );
}

export function Findings() {
  const { api } = useServices();
  const { open = null, state } = route.useSearch();
  const navigate = useNavigate();
  const query = state === "all" ? {} : { state: "open" as const };
  const list = useInfiniteRows(
    ["drift", "findings", state],
    async (cursor, signal) => {
      const page = { ...query, limit: 100, ...(cursor !== undefined && { cursor }) };
      const { findings, next_cursor } = await api.client.drift.findings(page, { signal });
      return { rows: findings, next_cursor };
    },
    { refetchInterval: 15_000 },
  );
  const show = useCallback(
    (id: string | undefined, replace: boolean) => void navigate({ to: "/drift", search: { open: id, state }, replace }),
    [navigate, state],
  );
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <div className="flex items-center justify-between gap-3 border-b border-line bg-sheet px-4 py-2">
          <Segmented
            label="Findings that are"
            value={state === "all" ? "all" : "open"}
            onChange={(chosen) =>
              void navigate({ to: "/drift", search: { state: chosen === "all" ? "all" : undefined }, replace: true })
            }
            options={[
              { value: "open", label: "open" },
              { value: "all", label: "open and closed" },
            ]}
          />
          <CopyButton
            text={curlFor(api.origin, "/drift/findings", query)}
            label="the curl command for this list"
            word="curl"
          />
        </div>
        <DataTable
          label="Findings"
          fill
          {...list.table}
          rowKey={keyOf}
          columns={columns}
          openKey={open}
          onOpen={({ id }, { replace }) => show(id, replace)}
          empty={<NoFindings isAll={state === "all"} />}
        />
      </div>
      {open !== null && <FindingDrawer id={open} onClose={() => show(undefined, false)} />}
    </div>
  );
}

/** Nothing is found where nothing is compared yet: that is another thing, and is said. */
function NoFindings({ isAll }: { isAll: boolean }) {
  const { data } = useDrift();
  const compared = data?.profiles.filter(({ baseline }) => baseline !== null).length ?? 0;
  const watched = data?.profiles.length ?? 0;
  if (compared === 0)
    return (
      <Empty
        title="Nothing is compared yet"
        code={"binnacle drift profiles\nbinnacle drift baseline set MODEL --label 'release 7' --since 2d"}
      >
        {watched === 0 ? "No calls were looked at yet." : `${watched} profiles are watched, and none has a baseline.`} A
        profile gets its first week as its baseline after 7 days and 1,000 calls; or choose one under Profiles.
      </Empty>
    );
  return (
    <Empty title={isAll ? "Nothing has drifted" : "Nothing drifts"} code="binnacle drift list --state open">
      {compared === 1 ? "One profile is" : `${compared} profiles are`} compared with {compared === 1 ? "its" : "their"}{" "}
      baseline every few minutes.
    </Empty>
  );
}
