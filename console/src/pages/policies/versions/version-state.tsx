// How a version of the policies stands.
import type { PolicyVersionView } from "../../../../../src/policy/contract.ts";
import { type StateTone, StateWord } from "../../../components/figures/state-word.tsx";

const tones: Record<PolicyVersionView["state"], StateTone> = {
  draft: "off",
  review: "warn",
  active: "ok",
  retired: "off",
};
const words: Record<PolicyVersionView["state"], string> = {
  draft: "draft",
  review: "in review",
  active: "active",
  retired: "retired",
};

export function VersionState({ state }: { state: PolicyVersionView["state"] }) {
  return <StateWord tone={tones[state]}>{words[state]}</StateWord>;
}
