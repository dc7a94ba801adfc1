// Objectives: what was promised, what is left of each budget, how fast it burns. The one in most trouble comes first.
import { useState } from "react";
import type { SloView } from "../../../../../src/alerts/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Empty } from "../../../components/frame/empty.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { CopyButton } from "../../../components/parts/copy-button.tsx";
import { Loading } from "../../../components/parts/loading.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { useMayDo, useServices } from "../../../page/services.ts";
import { useSlos } from "../queries.ts";
import { SloDialog } from "./slo-dialog.tsx";
import { SloPanel } from "./slo-panel.tsx";
import { worstLeft } from "./say-objective.ts";

const example = `binnacle slos list
# in binnacle.yaml
alerts:
  slos:
    chat-availability: { of: { route: chat }, objective: { kind: availability }, target: 99.9 }`;

export function Slos() {
  const { api } = useServices();
  const asked = useSlos();
  const mayPut = useMayDo("slos.put");
  /** Null for none, "new" for one that is to be made. */
  const [edited, setEdited] = useState<SloView | "new" | null>(null);
  if (asked.data === undefined)
    return asked.isError ? <Notice problem={explainError(asked.error)} /> : <Loading>Reading objectives.</Loading>;
  const slos = [...asked.data].sort((one, other) => worstLeft(one) - worstLeft(other));
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-soft">
          What may go wrong is a budget. A burn of 1 × spends it in just the objective's window; above the notch, in
          both windows, it alerts.
        </p>
        <span className="ml-auto flex items-center gap-2">
          <CopyButton text={curlFor(api.origin, "/slos")} label="the curl command for objectives" word="curl" />
          {mayPut && <Button onClick={() => setEdited("new")}>New objective</Button>}
        </span>
      </div>
      {slos.length === 0 && (
        <Empty title="Nothing is promised yet" code={example}>
          An objective says how much must go well over what time. It is measured from the record and costs no call any
          time.
        </Empty>
      )}
      <div className="grid items-start gap-4 min-[84rem]:grid-cols-2 min-[140rem]:grid-cols-3">
        {slos.map((slo) => (
          <SloPanel key={slo.name} slo={slo} onEdit={mayPut ? () => setEdited(slo) : undefined} />
        ))}
      </div>
      {edited !== null && <SloDialog slo={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
    </>
  );
}
