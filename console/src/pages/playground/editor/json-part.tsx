// A part of the request that is JSON, folded away until it is needed.
import { CodeEditor } from "../../../components/inputs/code/code-editor.tsx";

interface JsonPartProps {
  title: string;
  hint: string;
  value: string;
  problem: string | undefined;
  /** Put in when the reader asks for an example. */
  example: string;
  onChange: (value: string) => void;
}

export function JsonPart({ title, hint, value, problem, example, onChange }: JsonPartProps) {
  return (
    <Fold title={title} mark={value.trim() === "" ? null : problem === undefined ? "set" : "not JSON"}>
      <p className="text-fine text-soft">
        {hint}{" "}
        {value.trim() === "" && (
          <button
            type="button"
            className="min-h-6 text-pen underline underline-offset-2"
            onClick={() => onChange(example)}
          >
            Put in an example
          </button>
        )}
      </p>
      <CodeEditor
        label={title}
        language="json"
        height="12rem"
        value={value}
        onChange={onChange}
        diagnostics={problem === undefined ? [] : [{ message: problem }]}
      />
    </Fold>
  );
}

interface FoldProps {
  title: string;
  /** What is set inside, in a word. */
  mark: string | null;
  children: React.ReactNode;
}

export function Fold({ title, mark, children }: FoldProps) {
  return (
    <details className="group border-t border-line">
      <summary className="flex min-h-8 items-center gap-2 font-semibold">
        <span aria-hidden="true" className="text-soft transition-transform group-open:rotate-90">
          ▸
        </span>
        {title}
        {mark !== null && <span className="font-normal text-pen">{mark}</span>}
      </summary>
      <div className="grid gap-2 pb-3">{children}</div>
    </details>
  );
}
