// Silences that hold or will hold, the next to end first.
import { useState } from "react";
import type { SilenceView } from "../../../../../src/alerts/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Age, Moment } from "../../../components/figures/moment.tsx";
import { Panel } from "../../../components/figures/panel.tsx";
import { StateWord } from "../../../components/figures/state-word.tsx";
import { Empty } from "../../../components/frame/empty.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { type Column, DataTable } from "../../../components/tables/data-table.tsx";
import { useMayDo, useServices } from "../../../page/services.ts";
import { sayMatchers } from "../open/matching.ts";
import { useSilences } from "../queries.ts";
import { EndSilence } from "./end-silence.tsx";
import { SilenceDialog } from "./silence-dialog.tsx";

const columns: Column<SilenceView>[] = [
  {
    id: "matchers",
    head: "Alerts of",
    width: "minmax(10rem, 1.5fr)",
    cell: ({ matchers }) => <bdi className="font-semibold">{sayMatchers(matchers)}</bdi>,
  },
  {
    id: "state",
    head: "State",
    width: "6.5rem",
    cell: ({ starts_at_ms: startsMs }) =>
      startsMs > Date.now() ? <StateWord tone="off">to come</StateWord> : <StateWord tone="ok">holds</StateWord>,
  },
  { id: "until", head: "Until", width: "9.5rem", priority: 1, cell: ({ until_ms: ms }) => <Moment ms={ms} /> },
  { id: "ends", head: "Ends", width: "6rem", priority: 3, cell: ({ until_ms: ms }) => <Age ms={ms} /> },
  { id: "comment", head: "Why", width: "minmax(10rem, 2fr)", cell: ({ comment }) => <bdi>{comment}</bdi> },
  {
    id: "by",
    head: "By",
    width: "minmax(6rem, 0.8fr)",
    priority: 3,
    cell: ({ created_by: { key_name: name } }) => <bdi>{name}</bdi>,
  },
];
const keyOf = ({ id }: SilenceView): string => id;

export function Silences() {
  const { api } = useServices();
  const asked = useSilences();
  const [isMaking, setMaking] = useState(false);
  const mayMake = useMayDo("alerts.silences.create");
  const mayEnd = useMayDo("alerts.silences.delete");
  return (
    <Panel
      title="Silences"
      note="that hold or will hold"
      flush
      curl={curlFor(api.origin, "/alerts/silences")}
      aside={mayMake && <Button onClick={() => setMaking(true)}>New silence</Button>}
    >
      <DataTable
        label="Silences"
        rows={asked.data ?? []}
        rowKey={keyOf}
        columns={columns}
        density="roomy"
        loading={asked.isPending}
        problem={asked.isError ? explainError(asked.error) : null}
        {...(mayEnd && { actions: (silence: SilenceView) => <EndSilence silence={silence} />, actionsWidth: "3.5rem" })}
        empty={
          <Empty
            title="Nothing is silenced"
            code={'binnacle alerts silence route=fast --for 2h --comment "vendor works on it"'}
          >
            While work is being done, a silence keeps alerts that are expected from waking anybody. They are still
            listed.
          </Empty>
        }
      />
      {isMaking && <SilenceDialog matchers={[{ name: "rule", values: [] }]} onClose={() => setMaking(false)} />}
    </Panel>
  );
}
