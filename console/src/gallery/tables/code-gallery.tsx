// Texts with a grammar in the gallery: edited, read, wrong, compared.
import { useState } from "react";
import { CodeEditor } from "../../components/inputs/code/code-editor.tsx";
import { DiffView } from "../../components/inputs/code/diff/diff-view.tsx";
import { Dialog } from "../../components/overlays/dialog.tsx";
import { Button } from "../../components/parts/button.tsx";
import { Specimen } from "./specimen.tsx";

const policy = `// Nobody but the operators spends more than five dollars at once.
@id("dear")
forbid (principal, action == Action::"call", resource)
when { context.estimate_usd > 5 }
unless { principal in Team::"operators" };
`;
const yaml = `routes:
  fast:
    targets: [sim/sim-small]   # the cheapest
    retries: 2
  careful:
    targets:
      - anthropic/claude-sonnet
`;
const before = JSON.stringify(
  { routes: { fast: { retries: 2, targets: ["a", "b"] } }, keep: Array.from({ length: 20 }, (_, index) => index) },
  null,
  2,
);
const after = before.replace('"retries": 2', '"retries": 3,\n      "timeout_ms": 2000').replace("    19", "    20");

export function CodeGallery() {
  const [text, setText] = useState(yaml);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Specimen name="Texts with a grammar">
        <div className="grid gap-4 p-4 xl:grid-cols-2">
          <CodeEditor
            label="Configuration"
            value={text}
            onChange={setText}
            language="yaml"
            diagnostics={[{ line: 4, message: "routes.fast.retries: at most 1 here." }]}
          />
          <CodeEditor label="Policy" value={policy} language="cedar" />
          <div>
            <Button onClick={() => setOpen(true)}>Edit in a dialog</Button>
          </div>
        </div>
      </Specimen>
      <Specimen name="Two texts compared">
        <DiffView before={before} after={after} labelBefore="As it is" labelAfter="As it would be" />
      </Specimen>
      <Specimen name="Two texts that are the same">
        <DiffView before={before} after={before} labelBefore="As it is" labelAfter="As it would be" />
      </Specimen>
      {open && (
        <Dialog title="Edit the configuration" size="large" onClose={() => setOpen(false)}>
          <CodeEditor
            label="Configuration in a dialog"
            value={before}
            onChange={() => {}}
            language="json"
            height="60dvh"
          />
        </Dialog>
      )}
    </>
  );
}
