// The state and the severity of an alert: a shape, a colour, a word.
import type { AlertView } from "../../../../../src/alerts/contract.ts";
import { type StateTone, StateWord } from "../../../components/figures/state-word.tsx";

const tones: Record<AlertView["severity"], StateTone> = { critical: "fail", warning: "warn", info: "off" };

export function toneOf({ severity }: Pick<AlertView, "severity">): StateTone {
  return tones[severity];
}

/** What nobody is told of is quiet here too. */
export function AlertState({ alert, isSilenced = false }: { alert: AlertView; isSilenced?: boolean }) {
  if (alert.state === "resolved") return <StateWord tone="ok">resolved</StateWord>;
  if (isSilenced) return <StateWord tone="off">silenced</StateWord>;
  if (alert.state === "pending") return <StateWord tone="off">pending</StateWord>;
  return <StateWord tone={toneOf(alert)}>firing</StateWord>;
}

const colours: Record<AlertView["severity"], string> = {
  critical: "font-semibold text-fail",
  warning: "",
  info: "text-soft",
};

export function Severity({ of: severity }: { of: AlertView["severity"] }) {
  return <span className={colours[severity]}>{severity}</span>;
}
