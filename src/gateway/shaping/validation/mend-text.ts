// What can be mended in a text that should be JSON, without asking anybody: fences and words around it, and slips of the pen.
import { jsonrepair } from "jsonrepair";

const FENCED = /```[\w-]*[ \t]*\n?([\s\S]*?)```/;

/** Texts that may be what was meant, the likeliest first. */
export function* mendText(text: string, { isCut }: { isCut: boolean }): Generator<string> {
  const bare = FENCED.exec(text)?.[1]?.trim();
  if (bare !== undefined) yield bare;
  const inner = innermost(text);
  if (inner !== undefined && inner !== text) yield inner;
  // What was cut off could be closed, too, but not said to its end.
  if (isCut) return;
  for (const each of [bare, inner, text]) {
    const repaired = each === undefined ? undefined : repair(each);
    if (repaired !== undefined) yield repaired;
  }
}

/** From the first bracket to the last. */
function innermost(text: string): string | undefined {
  const from = text.search(/[[{]/);
  const to = Math.max(text.lastIndexOf("}"), text.lastIndexOf("]"));
  return from >= 0 && to > from ? text.slice(from, to + 1) : undefined;
}

function repair(text: string): string | undefined {
  try {
    return jsonrepair(text);
  } catch {
    return undefined;
  }
}
