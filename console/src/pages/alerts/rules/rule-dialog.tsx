// Writes a rule in the words of the configuration. The server checks it; what does not hold is shown at its line.
import { useChange } from "../../../page/asking/use-change.ts";
import { useState } from "react";
import type { RuleView } from "../../../../../src/alerts/contract.ts";
import type { Problem } from "../../../api/explain-error.ts";
import { CodeEditor } from "../../../components/inputs/code/code-editor.tsx";
import type { Diagnostic } from "../../../components/inputs/code/diagnostic.ts";
import { Form } from "../../../components/inputs/form.tsx";
import { SelectField } from "../../../components/inputs/select-field.tsx";
import { TextField } from "../../../components/inputs/text-field.tsx";
import { Dialog } from "../../../components/overlays/dialog.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { useServices } from "../../../page/services.ts";
import { diagnosticsOf, readText, textOf } from "./spec-text.ts";
import { templates } from "./templates.ts";

const first = "error_spike";

export function RuleDialog({ rule, onClose }: { rule: RuleView | null; onClose: () => void }) {
  const { client } = useServices().api;
  const change = useChange("alerts");
  const [name, setName] = useState(rule?.name ?? "");
  const [kind, setKind] = useState(rule?.kind ?? first);
  const [text, setText] = useState(() => textOf(rule?.spec ?? templates[first]?.spec ?? {}));
  const [diagnostics, setDiagnostics] = useState<Diagnostic[]>([]);
  const submit = async (): Promise<Problem | null> => {
    const read = readText(text);
    if (read.spec === null) {
      setDiagnostics([read.problem]);
      return null;
    }
    const problem = await change(
      () => client.alerts.rules.put({ name: name.trim(), spec: read.spec }),
      rule === null ? `${name} watches from the next look on.` : `${name} is changed.`,
    );
    const found = problem === null ? [] : diagnosticsOf(problem.message, text);
    setDiagnostics(found);
    if (problem === null) onClose();
    // What stands at its line need not be said twice.
    return problem === null || found.length === 0
      ? problem
      : { ...problem, message: `The rule ${name} does not hold.` };
  };
  return (
    <Dialog title={rule === null ? "New rule" : `Change ${rule.name}`} onClose={onClose} size="large">
      <Form
        onSubmit={submit}
        submitLabel={rule === null ? "Make the rule" : "Save"}
        disabled={name.trim() === ""}
        aside={<Button onClick={onClose}>Cancel</Button>}
      >
        {rule === null && (
          <div className="grid gap-3 sm:grid-cols-2">
            <TextField label="Name" value={name} onChange={setName} required isCode placeholder="team-money" />
            <SelectField
              label="Begin with"
              value={kind}
              onChange={(chosen) => {
                setKind(chosen);
                setText(textOf(templates[chosen]?.spec ?? {}));
                setDiagnostics([]);
              }}
              options={Object.entries(templates).map(([value, { label }]) => ({ value, label }))}
            />
          </div>
        )}
        <CodeEditor
          label="Rule"
          language="json"
          value={text}
          onChange={setText}
          height="18rem"
          diagnostics={diagnostics}
        />
        <p className="text-fine text-soft">
          The words are those of alerts.rules in the configuration. What is left out has its default.
        </p>
      </Form>
    </Dialog>
  );
}
