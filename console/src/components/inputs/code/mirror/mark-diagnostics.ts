// Marks the lines that something is wrong with.
import type { Extension } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import type { Diagnostic } from "../diagnostic.ts";

/** For the text as it is now: a line that is gone since is left out. */
export function markDiagnostics(diagnostics: readonly Diagnostic[]): Extension {
  return EditorView.decorations.of((view): DecorationSet => {
    const { doc } = view.state;
    const marks = diagnostics.flatMap(({ line, message, tone = "fail" }) => {
      if (line === undefined || line < 1 || line > doc.lines) return [];
      const mark = Decoration.line({ class: `cm-${tone}`, attributes: { title: message } });
      return [mark.range(doc.line(line).from)];
    });
    return Decoration.set(marks, true);
  });
}
