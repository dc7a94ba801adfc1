// What evidence shows, as a shape, a colour and a word. A finding is about a piece of evidence and never about a control.
import type { Finding } from "../../../../../src/compliance/contract.ts";
import { StateGlyph, type StateTone, StateWord } from "../../../components/figures/state-word.tsx";

export const findingWords: Record<Finding, string> = {
  met: "met",
  not_met: "not met",
  no_data: "no evidence",
  for_a_person: "for a person",
};
export const findingTones: Record<Finding, StateTone> = {
  met: "ok",
  not_met: "fail",
  no_data: "off",
  for_a_person: "warn",
};

export function FindingWord({ finding }: { finding: Finding }) {
  return <StateWord tone={findingTones[finding]}>{findingWords[finding]}</StateWord>;
}

/** For a list of pieces of evidence: each by its name, with the shape of what it shows. */
export function FindingMark({ finding, title }: { finding: Finding; title: string }) {
  return (
    <span className="inline-flex items-center gap-1.5" title={`${title}: ${findingWords[finding]}`}>
      <StateGlyph tone={findingTones[finding]} />
      <span className={finding === "not_met" ? "font-semibold" : ""}>{title}</span>
      <span className="visually-hidden">{findingWords[finding]}</span>
    </span>
  );
}
