// Which policies there are, whom each is for, what it does; and the detectors that they may use.
import type { GuardrailsView } from "../../../../../src/guardrails/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Panel } from "../../../components/figures/panel.tsx";
import { StateWord } from "../../../components/figures/state-word.tsx";
import { Empty } from "../../../components/frame/empty.tsx";
import { Loading } from "../../../components/parts/loading.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { type Column, DataTable } from "../../../components/tables/data-table.tsx";
import { useServices } from "../../../page/services.ts";
import { useAddress } from "../address.ts";
import { useGuardrails } from "../use-guardrails.ts";
import { describeScope, describeSides, modeTones, modeWords } from "../words.ts";

type Policy = GuardrailsView["policies"][number];
type Check = Policy["checks"][number];
type Detector = GuardrailsView["detectors"][number];

const detectorKey = ({ name }: Detector): string => name;

const detectorColumns: readonly Column<Detector>[] = [
  {
    id: "name",
    head: "Detector",
    width: "8rem",
    cell: ({ name }) => <bdi className="font-mono text-fine">{name}</bdi>,
  },
  {
    id: "kinds",
    head: "Finds",
    width: "minmax(14rem, 4fr)",
    cell: ({ kinds }) => <bdi title={kinds.join(", ")}>{kinds.join(", ").replaceAll("_", " ")}</bdi>,
  },
  { id: "reach", head: "Needs to see", unit: "characters", align: "end", width: "9.5rem", cell: ({ reach }) => reach },
];

export function PoliciesView() {
  const { api } = useServices();
  const asked = useGuardrails();
  if (asked.isError) return <Notice problem={explainError(asked.error)} />;
  if (asked.isPending) return <Loading />;
  const { policies, detectors } = asked.data;
  return (
    <>
      {policies.length === 0 && <NoPolicies />}
      <div className="grid items-start gap-4 min-[72rem]:grid-cols-2">
        {policies.map((policy) => (
          <PolicyPanel key={policy.name} policy={policy} />
        ))}
      </div>
      <Panel title="Detectors" flush curl={curlFor(api.origin, "/guardrails")}>
        <DataTable label="Detectors" rows={detectors} rowKey={detectorKey} columns={detectorColumns} />
      </Panel>
    </>
  );
}

function NoPolicies() {
  return (
    <Empty
      title="Nothing is checked yet"
      codeTitle="In binnacle.yaml"
      code={`guardrails:
  policies:
    personal-data:
      checks:
        - { kinds: [email, card, iban, phone], mode: mask }
        - { kinds: [secrets], mode: block }`}
    >
      Guardrails look at what goes into a call and what comes out, once a policy in binnacle.yaml says for whom and for
      what. Children’s keys are checked without one.
    </Empty>
  );
}

function PolicyPanel({ policy }: { policy: Policy }) {
  const { hrefOf } = useAddress();
  const link = "inline-flex min-h-6 items-center px-1.5 text-fine text-pen underline underline-offset-2";
  return (
    <Panel
      title={policy.name}
      note={`for ${describeScope(policy.applies_to)}`}
      aside={
        <>
          <a className={link} href={hrefOf({ tab: "try", policy: policy.name })}>
            Try a text
          </a>
          <a className={link} href={hrefOf({ tab: "findings", what: policy.name })}>
            Findings
          </a>
        </>
      }
    >
      <ul className="grid gap-2">
        {policy.checks.map((check, index) => (
          <CheckLine key={index} check={check} />
        ))}
        {policy.more.length > 0 && <li className="foreign">{policy.more.join(", ")}</li>}
      </ul>
    </Panel>
  );
}

function CheckLine({ check: { kinds, on, mode, score_min: scoreMin } }: { check: Check }) {
  return (
    <li className="grid grid-cols-[8rem_minmax(0,1fr)] items-baseline gap-x-3">
      <StateWord tone={modeTones[mode] ?? "off"}>{modeWords[mode] ?? mode}</StateWord>
      <span>
        <bdi className="font-semibold">{kinds.join(", ").replaceAll("_", " ")}</bdi>{" "}
        <span className="text-soft">
          {describeSides(on)}, from a score of {scoreMin} on
        </span>
      </span>
    </li>
  );
}
