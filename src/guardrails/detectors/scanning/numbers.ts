// Numbers as people write them: groups of digits with spaces, dashes, points or brackets between, put together from each group on.
import { isLetterOrDigit } from "./character-classes.ts";
import type { Scan } from "./scan-text.ts";

export interface WrittenNumber {
  /** Without what stands between the groups. */
  digits: string;
  start: number;
  end: number;
  groups: number;
}

export interface NumberLimits {
  digitsMin: number;
  digitsMax: number;
  groupsMax: number;
}

/** Calls `visit` with every number of so many digits that begins and ends with a group; at most `groupsMax` for each group. */
export function eachNumber(scan: Scan, limits: NumberLimits, visit: (number: WrittenNumber) => void): void {
  const { starts, ends, chains } = scan.digits;
  for (let first = 0; first < starts.length; first++) {
    const start = starts[first] ?? 0;
    let digits = "";
    for (let next = first; next < first + limits.groupsMax && chains[next] === chains[first]; next++) {
      const end = ends[next] ?? 0;
      const from = starts[next] ?? 0;
      if (digits.length + end - from > limits.digitsMax) break;
      digits += scan.text.slice(from, end);
      if (digits.length < limits.digitsMin) continue;
      visit({ digits, start, end, groups: next - first + 1 });
    }
  }
}

/** No letter or digit right before or after. */
export function standsAlone(text: string, start: number, end: number): boolean {
  return !isLetterOrDigit(text.charCodeAt(start - 1) || 32) && !isLetterOrDigit(text.charCodeAt(end) || 32);
}

export function hasLuhnChecksum(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 48;
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
