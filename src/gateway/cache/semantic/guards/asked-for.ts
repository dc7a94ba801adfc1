// Guard: both questions ask for the same kind of thing: a time, a place, a person, a reason, a quantity, or something else.
// "What is the best way to" and "how do I" ask for the same; "how many" and "how" do not.
import { hasSameMembers } from "./words.ts";

const KINDS = Object.entries({
  time: /\b(when|what (time|year|date|day))\b/i,
  place: /\b(where|what (country|city|place))\b/i,
  person: /\b(who|whom|whose)\b/i,
  reason: /\b(why|how come|reasons?|causes?)\b/i,
  quantity: /\bhow (many|much|long|old|far|often|big|tall|high|fast)\b/i,
  difference: /\b(differences?|differ|versus|vs|compare[ds]?|comparison)\b/i,
  best: /\b(best|better|top|greatest)\b/i,
  worst: /\b(worst|worse)\b/i,
  meaning: /\b(mean|means|meaning|definition|define)\b/i,
});

export function asksForTheSame(one: string, other: string): boolean {
  return hasSameMembers(kindsIn(one), kindsIn(other));
}

function kindsIn(text: string): string[] {
  return KINDS.filter(([, pattern]) => pattern.test(text)).map(([kind]) => kind);
}
