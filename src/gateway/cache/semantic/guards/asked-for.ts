// Guard: both questions ask for a time, a place, a quantity or a reason, or neither does. "What is the best way to" and "how do I"
// ask for the same; "how many" and "how" do not.
import { hasSameMembers } from "./words.ts";

const KINDS = Object.entries({
  time: /\b(when|what (time|year|date|day))\b/i,
  place: /\b(where|what (country|city|place))\b/i,
  quantity: /\bhow (many|much|long|old|far|often|big|tall|high|fast)\b/i,
  reason: /\b(why|how come|reasons?|causes?)\b/i,
});

export function asksForTheSame(one: string, other: string): boolean {
  return hasSameMembers(kindsIn(one), kindsIn(other));
}

function kindsIn(text: string): string[] {
  return KINDS.filter(([, pattern]) => pattern.test(text)).map(([kind]) => kind);
}
