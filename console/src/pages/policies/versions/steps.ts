// Which steps a version may take next, by whom, and what comes of each.
import type { PolicyVersionView } from "../../../../../src/policy/contract.ts";

export interface Step {
  id: "submit" | "approve" | "activate";
  label: string;
  consequence: string;
  /** Said once it went well. */
  done: string;
  isMain: boolean;
}

interface Reader {
  /** Undefined where it is not known whether a second person is needed. */
  twoPersons: boolean | undefined;
  ownKey: string;
  mayPropose: boolean;
  mayChange: boolean;
}

export interface NextSteps {
  steps: Step[];
  /** Why nothing is offered, or what is still missing. */
  why: string | null;
}

export function nextSteps(version: PolicyVersionView, reader: Reader): NextSteps {
  const { state, number, approved, proposed } = version;
  if (state === "active") return { steps: [], why: "It decides now. Rolling back is under Active." };
  if (state === "retired")
    return { steps: [], why: "It is retired. To let it decide again, propose it anew from the editor." };
  if (state === "draft") {
    if (!reader.mayPropose) return { steps: [], why: "It is a draft; who may propose policies can give it to review." };
    return { steps: [submitOf(number)], why: null };
  }
  if (!reader.mayChange)
    return { steps: [], why: "It is in review. Only who may change policies approves and activates." };
  const isOwn = proposed.key_id === reader.ownKey;
  const mustWait = reader.twoPersons === true && approved === null;
  const steps = [
    ...(approved === null && !isOwn ? [approveOf(number, mustWait)] : []),
    ...(mustWait ? [] : [activateOf(number)]),
  ];
  return { steps, why: whyOf({ isOwn, mustWait, approved: approved !== null, twoPersons: reader.twoPersons }) };
}

function whyOf(at: {
  isOwn: boolean;
  mustWait: boolean;
  approved: boolean;
  twoPersons: boolean | undefined;
}): string | null {
  if (at.mustWait)
    return at.isOwn
      ? "Four eyes: you proposed it, so somebody else approves it before it can be activated."
      : "Four eyes: it must be approved before it can be activated.";
  if (at.isOwn && !at.approved) return "Who proposed it cannot approve it.";
  return at.twoPersons === false && !at.approved ? "No second person is asked for: policy.two_persons is off." : null;
}

const submitOf = (number: number): Step => ({
  id: "submit",
  label: "Give to review",
  consequence: "Others may then approve and activate it. It decides nothing yet, and its text stays as it is.",
  done: `Version ${number} is in review.`,
  isMain: true,
});

const approveOf = (number: number, isMain: boolean): Step => ({
  id: "approve",
  label: "Approve",
  consequence:
    "You say that you have read what it changes. It decides nothing yet: it must be activated. An approval is not taken back; a version that should not decide is simply not activated.",
  done: `Version ${number} is approved.`,
  isMain,
});

const activateOf = (number: number): Step => ({
  id: "activate",
  label: "Activate",
  consequence:
    "It decides every call and every use of this console on all processes within a second; the version before is retired. Rolling back brings that one back as fast.",
  done: `Version ${number} decides.`,
  isMain: true,
});
