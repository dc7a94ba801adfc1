// What is watched: each model × route × prompt version, with what it is compared with.
import { useMemo, useState } from "react";
import type { Profile, ProfileView } from "../../../../../src/drift/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Age, Moment } from "../../../components/figures/moment.tsx";
import { Panel } from "../../../components/figures/panel.tsx";
import { StateWord } from "../../../components/figures/state-word.tsx";
import { Empty } from "../../../components/frame/empty.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { type Column, DataTable } from "../../../components/tables/data-table.tsx";
import { formatCount } from "../../../format/figures.ts";
import { useMayDo, useServices } from "../../../page/services.ts";
import { useDrift } from "../queries.ts";
import { sayProfile } from "../say-drift.ts";
import { BaselineDialog } from "./baseline-dialog.tsx";

const keyOf = ({ profile }: ProfileView): string => JSON.stringify(profile);

const columns: Column<ProfileView>[] = [
  {
    id: "profile",
    head: "Profile",
    width: "minmax(10rem, 1.5fr)",
    cell: ({ profile }) => <bdi className="font-semibold">{sayProfile(profile)}</bdi>,
    sort: (one, other) => sayProfile(one.profile).localeCompare(sayProfile(other.profile)),
  },
  {
    id: "open",
    head: "Now",
    width: "9rem",
    priority: 1,
    cell: ({ open, baseline }) =>
      open > 0 ? (
        <StateWord tone="warn">{open === 1 ? "1 finding" : `${open} findings`}</StateWord>
      ) : baseline === null ? (
        <StateWord tone="off">not compared</StateWord>
      ) : (
        <StateWord tone="ok">as it was</StateWord>
      ),
    sort: (one, other) => one.open - other.open,
  },
  {
    id: "baseline",
    head: "Compared with",
    width: "minmax(9rem, 1.5fr)",
    cell: ({ baseline }) => <bdi>{baseline?.label ?? <span className="text-soft">too little was seen</span>}</bdi>,
  },
  {
    id: "of",
    head: "Which is of",
    width: "minmax(15rem, 1.2fr)",
    priority: 3,
    cell: ({ baseline }) =>
      baseline === null ? null : (
        <>
          <Moment ms={baseline.since_ms} /> – <Moment ms={baseline.until_ms} />
        </>
      ),
  },
  {
    id: "calls",
    head: "Calls",
    align: "end",
    width: "6rem",
    cell: ({ calls }) => formatCount(calls),
    sort: (one, other) => one.calls - other.calls,
  },
  { id: "last", head: "Last call", width: "6.5rem", priority: 3, cell: ({ last_ms: ms }) => <Age ms={ms} /> },
];

export function Profiles() {
  const { api } = useServices();
  const asked = useDrift();
  const [chosen, setChosen] = useState<Profile | null>(null);
  const mayPut = useMayDo("drift.baselines.put");
  const actions = useMemo(
    () =>
      ({ profile }: ProfileView) => (
        <Button aria-label={`New baseline for ${sayProfile(profile)}`} onClick={() => setChosen(profile)}>
          New baseline
        </Button>
      ),
    [],
  );
  return (
    <Panel title="Profiles" note="model × route × prompt version" flush curl={curlFor(api.origin, "/drift")}>
      <DataTable
        label="Profiles"
        rows={asked.data?.profiles ?? []}
        rowKey={keyOf}
        columns={columns}
        density="roomy"
        loading={asked.isPending}
        problem={asked.isError && asked.data === undefined ? explainError(asked.error) : null}
        {...(mayPut && { actions, actionsWidth: "7rem" })}
        empty={
          <Empty title="No profile is watched yet" code="binnacle drift profiles">
            Each model, route and prompt version that is called becomes a profile at the next look, some minutes later.
          </Empty>
        }
      />
      {chosen !== null && <BaselineDialog profile={chosen} onClose={() => setChosen(null)} />}
    </Panel>
  );
}
