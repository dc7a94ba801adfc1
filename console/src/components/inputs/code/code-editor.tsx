// A text with a grammar: configuration, schemas, policies. The editor itself comes in a chunk of its own when it is first
// needed; until then the text stands there as it is.
import { lazy, Suspense, useCallback, useId, useRef } from "react";
import type { CodeLanguage, Diagnostic } from "./diagnostic.ts";

const Mirror = lazy(() => import("./mirror/mirror.tsx").then((module) => ({ default: module.Mirror })));

export interface CodeEditorProps {
  label: string;
  value: string;
  onChange?: (value: string) => void;
  language: CodeLanguage;
  readOnly?: boolean;
  /** A CSS length; 16rem unless told. */
  height?: string;
  diagnostics?: readonly Diagnostic[];
}

const noDiagnostics: readonly Diagnostic[] = Object.freeze([]);

export function CodeEditor(props: CodeEditorProps) {
  const { label, value, onChange, language, readOnly = false, height = "16rem", diagnostics = noDiagnostics } = props;
  const hint = useId();
  const goTo = useRef<((line: number, column: number) => void) | null>(null);
  const onReady = useCallback((go: (line: number, column: number) => void) => {
    goTo.current = go;
  }, []);
  return (
    <div className="grid min-w-0 gap-1">
      <div
        role="group"
        aria-label={label}
        aria-describedby={hint}
        className="min-w-0 overflow-hidden rounded-md border border-control bg-sheet focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-pen"
        style={{ height }}
      >
        <Suspense
          fallback={<pre className="h-full overflow-auto px-3 py-2 font-mono text-fine leading-5">{value}</pre>}
        >
          <Mirror
            label={label}
            value={value}
            onChange={onChange}
            language={language}
            readOnly={readOnly || onChange === undefined}
            diagnostics={diagnostics}
            onReady={onReady}
          />
        </Suspense>
      </div>
      <p id={hint} className="visually-hidden">
        {readOnly || onChange === undefined ? "Read only." : "Tab indents. Escape, then Tab, leaves the editor."}
      </p>
      <Diagnostics diagnostics={diagnostics} onGo={(line, column) => goTo.current?.(line, column)} />
    </div>
  );
}

interface DiagnosticsProps {
  diagnostics: readonly Diagnostic[];
  onGo: (line: number, column: number) => void;
}

/** In words below the text, too: a mark beside a line says nothing to those who do not see it. */
function Diagnostics({ diagnostics, onGo }: DiagnosticsProps) {
  return (
    <ul aria-live="polite" className="grid gap-0.5 text-fine empty:hidden">
      {diagnostics.map(({ message, line, column, tone = "fail" }, index) => (
        <li key={index} className={`foreign ${tone === "fail" ? "text-fail" : "text-warn"}`}>
          {line !== undefined && (
            <button
              type="button"
              onClick={() => onGo(line, column ?? 1)}
              className="min-h-6 rounded-md font-semibold underline underline-offset-2"
            >
              Line {line}
            </button>
          )}
          {line !== undefined && ": "}
          {message}
        </li>
      ))}
    </ul>
  );
}
