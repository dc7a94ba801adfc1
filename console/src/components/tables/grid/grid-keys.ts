// What each key does inside a list. Pure: the grid carries it out.

export type KeyDeed =
  | { kind: "move"; by: number }
  | { kind: "open" }
  | { kind: "select" }
  | { kind: "select_all" }
  /** ← and → in a tree: open or close a node, or go to its first child or its parent. */
  | { kind: "unfold" }
  | { kind: "fold" };

interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** `page`: how many rows are in view. Null where the key is none of the list's. */
export function deedOf(press: KeyPress, page: number): KeyDeed | null {
  if (press.altKey) return null;
  if (press.ctrlKey || press.metaKey) return press.key === "a" ? { kind: "select_all" } : null;
  switch (press.key) {
    case "ArrowDown":
      return { kind: "move", by: 1 };
    case "ArrowUp":
      return { kind: "move", by: -1 };
    case "PageDown":
      return { kind: "move", by: page };
    case "PageUp":
      return { kind: "move", by: -page };
    case "Home":
      return { kind: "move", by: -Infinity };
    case "End":
      return { kind: "move", by: Infinity };
    case "Enter":
      return { kind: "open" };
    case " ":
      return { kind: "select" };
    case "ArrowRight":
      return { kind: "unfold" };
    case "ArrowLeft":
      return { kind: "fold" };
    default:
      return null;
  }
}

/** Where the cursor comes to stand; from nowhere, at the first row or, by End, the last. Held at both ends. */
export function moveIndex(index: number, by: number, count: number): number {
  if (index < 0) return by === Infinity ? count - 1 : 0;
  return Math.max(0, Math.min(count - 1, index + by));
}
