// CodeMirror in a shadow root: there it adopts its style sheets instead of writing a <style>, which the page's policy forbids.
import { indentWithTab } from "@codemirror/commands";
import { Annotation, Compartment, EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { minimalSetup } from "codemirror";
import { useEffect, useLayoutEffect, useRef } from "react";
import { flushSync } from "react-dom";
import type { CodeLanguage, Diagnostic } from "../diagnostic.ts";
import { grammarOf } from "./grammars.ts";
import { markDiagnostics } from "./mark-diagnostics.ts";
import { colours, theme } from "./theme.ts";

interface MirrorProps {
  label: string;
  value: string;
  onChange: ((value: string) => void) | undefined;
  language: CodeLanguage;
  readOnly: boolean;
  diagnostics: readonly Diagnostic[];
  /** Hands over what puts the cursor at a place; both count from 1. */
  onReady: (goTo: (line: number, column: number) => void) => void;
}

interface Editor {
  view: EditorView;
  grammar: Compartment;
  access: Compartment;
  marks: Compartment;
  /** What was typed and told, and has not come back as the page's own value yet. */
  told: string[];
}

/** On what the page put there, which it need not be told. */
const isOfPage = Annotation.define<boolean>();

/** What may be pressed between Escape and leaving. */
const leavingKeys = new Set(["Tab", "Shift", "Control", "Alt", "Meta"]);

export function Mirror(props: MirrorProps) {
  const { value, language, readOnly, diagnostics, label, onReady } = props;
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | null>(null);
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  useLayoutEffect(() => {
    const element = host.current;
    if (element === null) return;
    const made = createEditor(element, latest);
    editor.current = made;
    onReady((line, column) => goTo(made.view, line, column));
    return () => {
      editor.current = null;
      made.view.destroy();
    };
  }, [onReady]);
  useEffect(() => {
    if (editor.current !== null) takeValue(editor.current, value);
  }, [value]);
  useEffect(() => {
    const made = editor.current;
    made?.view.dispatch({ effects: made.grammar.reconfigure(grammarOf(language)) });
  }, [language]);
  useEffect(() => {
    const made = editor.current;
    made?.view.dispatch({ effects: made.access.reconfigure(accessOf(readOnly, label)) });
  }, [readOnly, label]);
  useEffect(() => {
    const made = editor.current;
    made?.view.dispatch({ effects: made.marks.reconfigure(markDiagnostics(diagnostics)) });
  }, [diagnostics, value]);
  return <div ref={host} className="h-full" />;
}

function createEditor(element: HTMLElement, latest: { current: MirrorProps }): Editor {
  const { value, language, readOnly, label, diagnostics } = latest.current;
  const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
  const [grammar, access, marks] = [new Compartment(), new Compartment(), new Compartment()];
  const told: string[] = [];
  const report = EditorView.updateListener.of((update) => {
    if (!update.docChanged || update.transactions.some((each) => each.annotation(isOfPage))) return;
    const text = update.state.doc.toString();
    told.push(text);
    latest.current.onChange?.(text);
  });
  const state = EditorState.create({
    doc: value,
    extensions: [
      lineNumbers(),
      minimalSetup,
      keymap.of([indentWithTab]),
      EditorView.lineWrapping,
      theme,
      colours,
      grammar.of(grammarOf(language)),
      access.of(accessOf(readOnly, label)),
      marks.of(markDiagnostics(diagnostics)),
      report,
      leaveByEscape(),
      // What is pressed next acts on what was typed last, however far behind the page is.
      EditorView.domEventHandlers({
        blur(_, { state }) {
          if (told.length > 0) flushSync(() => latest.current.onChange?.(state.doc.toString()));
        },
      }),
    ],
  });
  return { view: new EditorView({ state, parent: root, root }), grammar, access, marks, told };
}

/** A slow page comes to what was typed when more has been typed since: that must not be overwritten. */
function takeValue({ view, told }: Editor, value: string): void {
  const { doc } = view.state;
  const isSame = doc.toString() === value;
  const place = told.lastIndexOf(value);
  told.splice(0, isSame || place < 0 ? told.length : place + 1);
  if (isSame || place >= 0) return;
  view.dispatch({ changes: { from: 0, to: doc.length, insert: value }, annotations: isOfPage.of(true) });
}

/**
 * Escape frees the Tab key until something else is pressed, however long that takes: CodeMirror by itself gives two seconds,
 * which is too short for some hands. The first Escape does no more, and the next one may close the dialog around the editor.
 */
function leaveByEscape() {
  let isFreed = false;
  const free = (view: EditorView, isFree: boolean): void => {
    isFreed = isFree;
    view.setTabFocusMode(isFree);
  };
  return EditorView.domEventHandlers({
    keydown(event, view) {
      if (event.key !== "Escape") {
        if (isFreed && !leavingKeys.has(event.key)) free(view, false);
      } else if (!isFreed) {
        event.stopPropagation();
        free(view, true);
      }
      return false;
    },
    blur: (_, view) => free(view, false),
  });
}

function accessOf(readOnly: boolean, label: string) {
  return [
    EditorState.readOnly.of(readOnly),
    EditorView.contentAttributes.of({ "aria-label": label, "aria-readonly": String(readOnly), spellcheck: "false" }),
  ];
}

function goTo(view: EditorView, line: number, column: number): void {
  const found = view.state.doc.line(Math.max(1, Math.min(line, view.state.doc.lines)));
  const at = Math.min(found.to, found.from + column - 1);
  view.dispatch({ selection: { anchor: at }, scrollIntoView: true });
  view.focus();
}
