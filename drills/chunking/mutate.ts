// Spoils bytes and JSON in small ways, as dice tell.
import type { Dice } from "../run/dice.ts";

/** One to four bytes changed, or a piece left out, doubled, or the rest cut off. */
export function mutateBytes(bytes: Uint8Array, dice: Dice): Uint8Array {
  const spoiled = Buffer.from(bytes);
  const at = dice.between(0, Math.max(0, spoiled.length - 1));
  const length = dice.between(1, 2 ** dice.between(0, 10));
  switch (dice.between(0, 3)) {
    case 0:
      return spoiled.subarray(0, at);
    case 1:
      return Buffer.concat([spoiled.subarray(0, at), spoiled.subarray(at + length)]);
    case 2:
      return Buffer.concat([spoiled.subarray(0, at + length), spoiled.subarray(at)]);
    default:
      for (let count = dice.between(1, 4); count > 0; count -= 1)
        spoiled[dice.between(0, Math.max(0, spoiled.length - 1))] = dice.between(0, 255);
      return spoiled;
  }
}

const ODDITIES: readonly unknown[] = JSON.parse(
  `[null, true, false, 0, -1, 1.5, 1e300, "", " ", "text", "function", "user", "data:,%", "data:image/png;base64,", "{",
    "\\ud800", "https://x.example", [], {}, [[]], [null], [{}], {"type": "text"}, {"type": 5}, {"id": {}}]`,
) as unknown[];

/** The same JSON with one to three of its values changed or left out. */
export function mutateJson(value: unknown, dice: Dice): unknown {
  const copy = { root: structuredClone(value) };
  for (let count = dice.between(1, 3); count > 0; count -= 1) spoilOne(copy, dice);
  return copy.root;
}

function spoilOne(copy: { root: unknown }, dice: Dice): void {
  let parent: Record<string, unknown> = copy;
  let key = "root";
  for (let next = parent[key]; isOpen(next) && (key === "root" || dice.random() < 0.8); next = parent[key]) {
    const keys = Object.keys(next);
    if (keys.length === 0) break;
    parent = next;
    key = keys[dice.between(0, keys.length - 1)] ?? "";
  }
  const isGone = dice.random() < 0.25;
  if (isGone && Array.isArray(parent)) parent.splice(Number(key), 1);
  else if (isGone) delete parent[key];
  else parent[key] = structuredClone(ODDITIES[dice.between(0, ODDITIES.length - 1)]);
}

function isOpen(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
