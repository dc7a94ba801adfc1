// What guardrails found and did. The text itself is never on record here: only its place.
import type { GuardrailEntry } from "../../../../../../src/ledger/contract.ts";
import { Section } from "../../../../components/parts/section.tsx";
import { StateWord } from "../../../../components/figures/state-word.tsx";

const tones: Record<string, "ok" | "warn" | "fail" | "off"> = {
  observed: "off",
  masked: "warn",
  asked: "warn",
  blocked: "fail",
  failed: "fail",
};

export function Findings({ guardrails }: { guardrails: readonly GuardrailEntry[] }) {
  if (guardrails.length === 0) return null;
  return (
    <Section title="Guardrail findings">
      <ul className="grid">
        {guardrails.map((entry, index) => (
          <li key={index} className="flex flex-wrap items-baseline gap-x-3 border-t border-line py-1 first:border-t-0">
            <StateWord tone={tones[entry.outcome] ?? "off"}>{entry.outcome}</StateWord>
            <bdi className="font-semibold">{entry.kind ?? entry.name}</bdi>
            <span className="foreign text-soft">{describePlace(entry)}</span>
            <span className="ml-auto text-fine text-soft">
              <bdi>{entry.kind === undefined ? "" : `policy ${entry.name}`}</bdi>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function describePlace({ side, place, start, end, detector, score }: GuardrailEntry): string {
  const where = [side?.replaceAll("_", " "), place].filter(Boolean).join(", ");
  const at = start === undefined ? "" : ` at characters ${start}${end === undefined ? "" : ` to ${end}`}`;
  const by = detector === undefined ? "" : `; by ${detector}${score === undefined ? "" : `, score ${score}`}`;
  return `${where}${at}${by}`;
}
