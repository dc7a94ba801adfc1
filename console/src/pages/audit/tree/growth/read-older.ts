// What a reader puts in for an older state of the tree: its size alone, or the note that was signed then.
import type { Problem } from "../../../../api/explain-error.ts";
import { fromBase64, HASH_BYTES } from "../../proof/hashing.ts";

export interface OlderTree {
  size: number;
  /** Null where only a size was put in: then the server says what the root was. */
  root: string | null;
}

const IS_SIZE = /^[1-9]\d{0,14}$/;

/** Lines may have become spaces on the way through a field of one line. */
export function readOlder(text: string, origin: string | null): OlderTree | Problem {
  const [first = "", size = "", root = ""] = text.trim().split(/\s+/);
  if (IS_SIZE.test(first) && size === "") return { size: Number(first), root: null };
  if (!IS_SIZE.test(size) || fromBase64(root)?.length !== HASH_BYTES) return unreadable;
  if (origin !== null && first !== origin) return otherTree(first, origin);
  return { size: Number(size), root };
}

const unreadable: Problem = {
  kind: "refused",
  code: "console.no_checkpoint",
  message: "This is neither a size nor a checkpoint.",
  fix: "A checkpoint has the tree’s name, its size and its root, a line each; `binnacle audit checkpoint` prints it.",
};

const otherTree = (other: string, origin: string): Problem => ({
  kind: "refused",
  code: "console.other_tree",
  message: `This checkpoint is of \`${other}\`, and the tree of now is \`${origin}\`.`,
  fix: "A tree that was begun anew says in its first entry of which it takes the place, and what was signed of that.",
});
