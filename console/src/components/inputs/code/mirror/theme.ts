// The editor in the colours of the page. Words of a language are told apart by weight and by few colours: colour means state
// elsewhere.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

export const theme = EditorView.theme({
  "&": { height: "100%", color: "var(--color-ink)", backgroundColor: "transparent", fontSize: "var(--text-fine)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "1.25rem", scrollbarWidth: "thin" },
  ".cm-content": { padding: "0.5rem 0", caretColor: "var(--color-pen)" },
  ".cm-line": { padding: "0 0.75rem 0 0.5rem" },
  ".cm-cursor": { borderLeftColor: "var(--color-pen)", borderLeftWidth: "2px" },
  ".cm-gutters": {
    backgroundColor: "var(--color-paper)",
    color: "var(--color-soft)",
    borderRight: "1px solid var(--color-line)",
  },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 0.5rem", minWidth: "2rem" },
  "& > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground":
    { backgroundColor: "var(--color-tide)" },
  ".cm-fail": { backgroundColor: "var(--color-alarm)", boxShadow: "inset 3px 0 0 var(--color-fail)" },
  ".cm-warn": { boxShadow: "inset 3px 0 0 var(--color-warn)" },
});

export const colours = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [tags.propertyName, tags.definition(tags.propertyName)], fontWeight: "600" },
    { tag: [tags.keyword, tags.operatorKeyword], fontWeight: "600", color: "var(--color-pen)" },
    { tag: [tags.number, tags.bool, tags.null, tags.atom], color: "var(--color-pen)" },
    { tag: [tags.string, tags.typeName], color: "var(--color-ink)" },
    { tag: [tags.comment, tags.meta], color: "var(--color-soft)", fontStyle: "italic" },
    { tag: [tags.punctuation, tags.bracket, tags.separator], color: "var(--color-soft)" },
    { tag: tags.invalid, color: "var(--color-fail)" },
  ]),
);
