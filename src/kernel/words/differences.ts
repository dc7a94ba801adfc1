// What is different between two trees of plain values, in lines that people read.

/** `+ targets.2: sim/b`, `- sticky_by: user`, `~ targets.0.weight: 5 → 10`; empty where they say the same. */
export function describeDifferences(before: unknown, after: unknown): string[] {
  const [old, now] = [leavesOf(before), leavesOf(after)];
  const lines: string[] = [];
  for (const path of new Set([...old.keys(), ...now.keys()])) {
    const [was, is] = [old.get(path), now.get(path)];
    if (was === is) continue;
    const where = path === "" ? "" : `${path}: `;
    if (was === undefined) lines.push(`+ ${where}${is}`);
    else lines.push(is === undefined ? `- ${where}${was}` : `~ ${where}${was} → ${is}`);
  }
  return lines;
}

/** By their paths. An empty list is a leaf too, so that it does not look like nothing; what is undefined is not there. */
function leavesOf(tree: unknown, path: readonly string[] = [], found = new Map<string, string>()): Map<string, string> {
  if (tree === undefined) return found;
  const isBranch = typeof tree === "object" && tree !== null;
  const entries = isBranch ? Object.entries(tree) : [];
  if (entries.length === 0 && !(isBranch && path.length === 0))
    found.set(path.join("."), typeof tree === "string" ? tree : JSON.stringify(tree));
  for (const [key, value] of entries) leavesOf(value, [...path, key], found);
  return found;
}
