// What a kill switch comes to, in sentences.
import type { Switch, SwitchKind } from "../../../../../src/governance/contract.ts";

type Named = Pick<Switch, "kind" | "name">;

/** What to type before everything stops. */
export const everything = "everything";

/** "the vendor openai", "everything". */
export function describeTarget({ kind, name }: Named): string {
  if (kind === "installation") return everything;
  if (name === "*") return `every ${kind}`;
  return name.includes("*") ? `every ${kind} named ${name}` : `the ${kind} ${name}`;
}

const whom: Record<SwitchKind, (name: string) => string> = {
  installation: () => "Every call of everybody",
  organisation: (name) => `Every call with a key of ${name}`,
  team: (name) => `Every call with a key that counts for ${name}`,
  project: (name) => `Every call with a key that counts for ${name}`,
  user: (name) => `Every call with a key of ${name}, or in that name,`,
  key: (name) => `Every call with ${name}`,
  model: (name) => `Every call that asks for ${name}`,
  vendor: (name) => `Every call that only ${name} could answer`,
  route: (name) => `Every call that asks for ${name}`,
  agent: (name) => `Every call of ${name}`,
  tool: (name) => `Every call that offers ${name} to a model`,
};

/** What will be so, before the switch is thrown. */
export function consequenceOf(target: Named): string[] {
  const { kind } = target;
  const many =
    target.name === "*"
      ? `any ${kind}`
      : target.name.includes("*")
        ? `any ${kind} named ${target.name}`
        : `the ${kind} ${target.name}`;
  return [
    `${whom[kind](many)} is refused from now on, and what is under way ends with the reason.`,
    ...(kind === "model" || kind === "vendor"
      ? ["Routes pass over it where they have another target; only where none is left is the call refused."]
      : []),
    ...(kind === "agent"
      ? ["A caller that leaves its agent's name out is not stopped: switch its key off as well."]
      : []),
    "All processes know it within a second. What was ended does not come back when the switch is lifted.",
  ];
}

/** What must be typed first: a name, or that everything is meant. */
export const wordToType = ({ kind, name }: Named): string => (kind === "installation" ? everything : name);

export const kindWords: Record<SwitchKind, string> = {
  installation: "Everything: the whole installation",
  organisation: "An organisation",
  team: "A team",
  project: "A project",
  user: "A user",
  key: "A key",
  model: "A model",
  vendor: "A vendor",
  route: "A route",
  agent: "An agent",
  tool: "A tool",
};

/** How it ended, or that it holds. */
export function endOf(
  { lifted_at_ms: liftedMs, ends_at_ms: endsMs }: Switch,
  nowMs: number,
): "holds" | "lifted" | "ended" {
  if (liftedMs !== null) return "lifted";
  return endsMs !== null && endsMs <= nowMs ? "ended" : "holds";
}
