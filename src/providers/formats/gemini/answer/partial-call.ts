// Calls whose arguments come bit by bit: each bit names its place by a JSON path. They are put together, and told when whole.
import type { ChatEvent, Extra } from "../../../contract.ts";
import { isObject, textOf } from "../../fields.ts";
import { callId, type CandidateState } from "./candidate-state.ts";

/** Nothing until the call is whole. */
export function addPartialCall(call: Extra, state: CandidateState): ChatEvent[] {
  const partial = (state.partial ??= { id: callId(call, state, state.calls), name: "", args: {}, length: 0 });
  partial.name ||= textOf(call["name"]);
  if (isObject(call["args"])) Object.assign(partial.args, call["args"]);
  const bits = Array.isArray(call["partialArgs"]) ? call["partialArgs"].filter(isObject) : [];
  for (const bit of bits) {
    partial.length += JSON.stringify(bit).length;
    if (partial.length > state.heldLengthMax) {
      state.fault = `The vendor sent arguments longer than ${state.heldLengthMax} characters.`;
      return [];
    }
    setAt(partial.args, pathOf(textOf(bit["jsonPath"])), valueOf(bit));
  }
  if (call["willContinue"] === true) return [];
  state.partial = undefined;
  const { choice, calls: index } = state;
  state.calls += 1;
  state.isSealed = false;
  return [
    { type: "tool_call_start", choice, index, id: partial.id, name: partial.name },
    { type: "tool_call_arguments", choice, index, text: JSON.stringify(partial.args) },
  ];
}

function valueOf(bit: Extra): unknown {
  return bit["stringValue"] ?? bit["numberValue"] ?? bit["boolValue"] ?? null;
}

/** `$.place.names[0]` and `$['place']`. */
function pathOf(path: string): (string | number)[] {
  return [...path.matchAll(/\.([^.[\]]+)|\[(\d{1,4})\]|\[(?:'([^']*)'|"([^"]*)")\]/g)].map(
    ([, name, index, quoted, doubled]) => (index === undefined ? (name ?? quoted ?? doubled ?? "") : Number(index)),
  );
}

/** Texts at the same place go on. */
function setAt(root: Extra, path: (string | number)[], value: unknown): void {
  let place: Record<string | number, unknown> = root;
  for (const [depth, key] of path.entries()) {
    if (key === "__proto__") return;
    const before = Object.hasOwn(place, key) ? place[key] : undefined;
    if (depth === path.length - 1) {
      place[key] = typeof before === "string" && typeof value === "string" ? before + value : value;
      return;
    }
    const next = typeof before === "object" && before !== null ? before : typeof path[depth + 1] === "number" ? [] : {};
    place[key] = next;
    place = next as Record<string | number, unknown>;
  }
}
