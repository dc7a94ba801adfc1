// Narrows the list to one outcome: all of them in a row where there is room, else a menu.
import { type CallOutcome, callOutcomes } from "../../../../../src/ledger/outcomes/contract.ts";
import { outcomeColours } from "../../../components/parts/outcome.tsx";
import { OutcomeGlyph } from "../../../components/parts/outcome-glyph.tsx";
import { Segmented } from "../../../components/parts/segmented.tsx";

interface OutcomeFilterProps {
  asMenu: boolean;
  value: CallOutcome | null;
  onChange: (outcome: CallOutcome | null) => void;
}

export function OutcomeFilter({ asMenu, value, onChange }: OutcomeFilterProps) {
  const choose = (text: string): void => onChange(callOutcomes.find((outcome) => outcome === text) ?? null);
  if (!asMenu) {
    const options = ["any", ...callOutcomes].map((outcome) => ({
      value: outcome,
      label: <OptionLabel text={outcome} />,
    }));
    return <Segmented label="Outcome" options={options} value={value ?? "any"} onChange={choose} />;
  }
  return (
    <select
      aria-label="Outcome"
      value={value ?? "any"}
      onChange={(event) => choose(event.target.value)}
      className="min-h-8 rounded-md border border-control bg-sheet px-1.5 md:min-h-7"
    >
      {["any", ...callOutcomes].map((outcome) => (
        <option key={outcome} value={outcome}>
          {outcome === "any" ? "any outcome" : outcome}
        </option>
      ))}
    </select>
  );
}

function OptionLabel({ text }: { text: string }) {
  const outcome = callOutcomes.find((name) => name === text);
  return (
    <>
      {outcome !== undefined && (
        <span className={outcomeColours[outcome]}>
          <OutcomeGlyph outcome={outcome} />
        </span>
      )}
      {text}
    </>
  );
}
