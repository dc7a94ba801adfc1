// The answer of `routes explain`: the order, each candidate with its reason, and where many such calls would go.
import type { Explanation } from "../../../../../src/gateway/contract.ts";
import { BarList } from "../../../components/charts/bar-list.tsx";
import { Panel } from "../../../components/figures/panel.tsx";
import { StateWord } from "../../../components/figures/state-word.tsx";
import { formatCount } from "../../../format/figures.ts";
import { times } from "./request-draft.ts";

export function ExplanationView({ explanation, curl }: { explanation: Explanation; curl: string }) {
  const { route, attempts, compound, considered, distribution } = explanation;
  return (
    <>
      <Panel title="What would be tried" curl={curl}>
        <p className="mb-2">
          <bdi>{route.reason}</bdi>
        </p>
        <ol className="grid gap-1.5">
          {attempts.map(({ target, reason, credential }, index) => (
            <Step key={`${index} ${target}`} index={index} target={target}>
              {reason}
              {credential !== null && `; its conversation is kept under ${credential}`}
            </Step>
          ))}
        </ol>
        {compound.length > 0 && (
          <ul className="mt-2 grid gap-1.5">
            {compound.map(({ target, role, says }) => (
              <Step key={`${role} ${target}`} target={target}>
                {role}: {says}
              </Step>
            ))}
          </ul>
        )}
        <Facts facts={explanation.facts} />
      </Panel>
      {distribution !== null && (
        <Panel title={`Where ${formatCount(sum(distribution))} such calls would go first`}>
          <BarList
            label="Calls by target"
            head="Target"
            unit="calls"
            rows={distribution.map(({ target, calls, share }) => ({
              key: target ?? "",
              label: target === null ? "nobody: refused" : <bdi className="font-mono text-fine">{target}</bdi>,
              value: calls,
              formatted: formatCount(calls),
              share,
              ...(target === null && { tone: "fail" as const }),
            }))}
          />
          <p className="mt-1 text-fine text-soft">
            Each of another user and conversation, unless the request says whose it is.
          </p>
        </Panel>
      )}
      <Panel title="All that was considered" flush>
        <table aria-label="All that was considered" className="w-full">
          <thead>
            <tr className="text-fine text-soft">
              <th className="py-1 pr-3 pl-4 text-left font-normal">Target</th>
              <th className="py-1 pr-3 text-left font-normal">Chosen</th>
              <th className="py-1 pr-4 text-left font-normal">Why</th>
            </tr>
          </thead>
          <tbody>
            {considered.map(({ target, chosen, reason }, index) => (
              <tr key={index} className="border-t border-line align-top">
                <th scope="row" className="py-1 pr-3 pl-4 text-left font-mono text-fine font-normal">
                  <bdi>{target}</bdi>
                </th>
                <td className="py-1 pr-3 whitespace-nowrap">
                  {chosen ? <StateWord tone="ok">first</StateWord> : <span className="text-soft">–</span>}
                </td>
                <td className="foreign py-1 pr-4">{reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    </>
  );
}

const sum = (distribution: NonNullable<Explanation["distribution"]>): number =>
  distribution.reduce((all, { calls }) => all + calls, 0) || times;

function Step({ index, target, children }: { index?: number; target: string; children: React.ReactNode }) {
  return (
    <li className="flex items-baseline gap-3">
      <span className="w-4 shrink-0 text-right font-semibold text-soft">{index === undefined ? "+" : index + 1}</span>
      <span className="min-w-0">
        <bdi className="font-mono text-fine font-semibold">{target}</bdi>{" "}
        <span className="foreign text-soft">{children}</span>
      </span>
    </li>
  );
}

function Facts({ facts }: Pick<Explanation, "facts">) {
  const { complexity, similarities, input_tokens: tokens, region, data_class: dataClass } = facts;
  const words = [
    `about ${formatCount(tokens)} tokens go in`,
    complexity === null ? "" : `complexity ${complexity} of 1`,
    region === null ? "" : `region ${region}`,
    dataClass === null ? "" : `data ${dataClass}`,
    ...Object.entries(similarities ?? {}).map(([place, near]) => `${near} near to ${place}`),
  ];
  return <p className="mt-2 text-fine text-soft">{words.filter((word) => word !== "").join(" · ")}</p>;
}
