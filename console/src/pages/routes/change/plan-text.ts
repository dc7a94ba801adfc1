// A plan as text and back, YAML or JSON, and the server's objections at the lines that they are about.
import { isNode, LineCounter, parseDocument, stringify } from "yaml";
import type { Diagnostic } from "../../../components/inputs/code/diagnostic.ts";

export type PlanFormat = "yaml" | "json";

export function writePlan(plan: unknown, format: PlanFormat): string {
  return format === "json" ? `${JSON.stringify(plan, null, 2)}\n` : stringify(plan, { lineWidth: 0 });
}

export type PlanRead = { plan: Record<string, unknown> } | { diagnostics: Diagnostic[] };

/** JSON is YAML, too: one parser knows both, and the lines. */
export function readPlanText(text: string): PlanRead {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0)
    return {
      diagnostics: document.errors.map(({ message, pos: [at] }) => {
        const { line, col } = lines.linePos(at);
        return { message, line, column: col };
      }),
    };
  const plan: unknown = document.toJS();
  if (typeof plan === "object" && plan !== null && !Array.isArray(plan))
    return { plan: plan as Record<string, unknown> };
  return { diagnostics: [{ message: "A plan has `strategy` and `targets`, each on a line of its own." }] };
}

const OBJECTION = /^\s+- ([^\s:]+): (.+)$/;

/** What the server finds wrong, one for each of its lines: `  - targets.0.weight: goes with …`. */
export function placeObjections(message: string, text: string): Diagnostic[] {
  return message.split("\n").flatMap((said) => {
    const [, path, words] = OBJECTION.exec(said) ?? [];
    if (path === undefined || words === undefined) return [];
    return [{ message: `${path}: ${words}`, ...lineOf(path, text) }];
  });
}

/** The line of what the path names, or of the nearest that there is above it. */
function lineOf(path: string, text: string): Pick<Diagnostic, "line" | "column"> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const parts = path.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  for (let length = parts.length; length > 0; length -= 1) {
    const node = document.getIn(parts.slice(0, length), true);
    if (!isNode(node) || !node.range) continue;
    const { line, col } = lines.linePos(node.range[0]);
    return { line, column: col };
  }
  return { line: 1, column: 1 };
}
