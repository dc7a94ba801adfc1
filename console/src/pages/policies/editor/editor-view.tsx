// Writes policies: files, the server's objections at their lines, what they would have refused, and the way to propose them.
import { useState } from "react";
import { explainError } from "../../../api/explain-error.ts";
import { Panel } from "../../../components/figures/panel.tsx";
import { StateWord } from "../../../components/figures/state-word.tsx";
import { Empty } from "../../../components/frame/empty.tsx";
import { CodeEditor } from "../../../components/inputs/code/code-editor.tsx";
import { DiffView } from "../../../components/inputs/code/diff/diff-view.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { Loading } from "../../../components/parts/loading.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { useServices } from "../../../page/services.ts";
import { useAddress } from "../address.ts";
import { CasesPanel } from "../cases/cases-panel.tsx";
import { DryRunPanel } from "../dry-run/dry-run-panel.tsx";
import { useActivePolicies } from "../use-policies.ts";
import { pairFiles } from "../versions/pair-files.ts";
import { type Files, isCaseFile, languageOf, setText } from "./edit-files.ts";
import { FileBar } from "./file-bar.tsx";
import { findDiagnostic } from "./find-diagnostics.ts";
import { ProposeDialog } from "./propose-dialog.tsx";
import { type Check, useCheck } from "./use-check.ts";

interface EditorViewProps {
  /** Null until something was changed: then what decides now stands there. */
  written: Files | null;
  onWritten: (files: Files | null) => void;
}

const none: Files = Object.freeze([]);

export function EditorView({ written, onWritten }: EditorViewProps) {
  const { session } = useServices();
  const { goTo } = useAddress();
  const active = useActivePolicies();
  const [chosen, setChosen] = useState<string | null>(null);
  const [isProposing, setProposing] = useState(false);
  const mayPropose = session.operations.includes("policies.propose");
  const base = active.data?.files ?? none;
  const files = written ?? base;
  const check = useCheck(files, mayPropose && files.length > 0);
  const placed = check.problem === null ? null : findDiagnostic(check.problem);
  const open = files.find(({ name }) => name === chosen) ?? files[0];
  const changed = pairFiles(base, files);
  if (active.isError) return <Notice problem={explainError(active.error)} />;
  if (!mayPropose) return <NotForYou />;
  return (
    <>
      <Panel
        title="Policies in the making"
        note={
          changed.length === 0
            ? "as they decide now"
            : `${changed.length} of ${files.length} files differ from what decides now`
        }
        aside={
          <div className="flex flex-wrap gap-2">
            {written !== null && <Button onClick={() => onWritten(null)}>Start over</Button>}
            <Button
              kind="primary"
              disabled={changed.length === 0 || check.problem !== null || check.isBehind}
              onClick={() => setProposing(true)}
            >
              Propose
            </Button>
          </div>
        }
      >
        <div className="grid gap-2">
          <FileBar
            files={files}
            open={open?.name}
            wrong={placed?.file ?? null}
            onOpen={setChosen}
            onFiles={onWritten}
          />
          {active.isPending ? (
            <Loading className="py-4 text-read">Reading what decides now.</Loading>
          ) : open === undefined ? (
            <p className="py-4 text-read text-soft">
              No file yet. Add one: policies of your own stand in files that end in .cedar.
            </p>
          ) : (
            <CodeEditor
              key={open.name}
              label={`${isCaseFile(open) ? "Cases" : "Policies"} in ${open.name}`}
              language={languageOf(open)}
              height="24rem"
              value={open.text}
              onChange={(text) => onWritten(setText(files, open.name, text))}
              diagnostics={placed?.file === open.name ? [placed.diagnostic] : []}
            />
          )}
          {open !== undefined && <CheckState check={check} elsewhere={placed !== null && placed.file !== open.name} />}
        </div>
      </Panel>
      <CasesPanel files={files} isReady={files.length > 0 && check.problem === null && !check.isBehind} />
      <DryRunPanel files={files} isReady={files.length > 0 && check.problem === null && !check.isBehind} />
      {changed.length > 0 && (
        <Panel title="What changes">
          <div className="grid gap-3">
            {changed.map(({ name, before, after }) => (
              <div key={name} className="grid min-w-0 gap-1">
                <h3 className="foreign font-mono text-fine font-semibold">{name}</h3>
                <DiffView before={before} after={after} labelBefore="decides now" labelAfter="in the making" />
              </div>
            ))}
          </div>
        </Panel>
      )}
      {isProposing && (
        <ProposeDialog
          files={files}
          onClose={() => setProposing(false)}
          onProposed={(version) => {
            setProposing(false);
            onWritten(null);
            goTo({ tab: "versions", version });
          }}
        />
      )}
    </>
  );
}

function CheckState({ check: { policies, problem, isBehind }, elsewhere }: { check: Check; elsewhere: boolean }) {
  if (isBehind) return <p className="text-soft">Holding it to the schema.</p>;
  if (problem !== null) return elsewhere ? <Notice problem={problem} /> : null;
  if (policies === undefined) return null;
  return (
    <p>
      <StateWord tone="ok">
        It fits the schema, and owners can still change policies: {policies.length} policies.
      </StateWord>
    </p>
  );
}

function NotForYou() {
  return (
    <Empty title="You may read policies, and not propose them">
      That takes a role that may, such as developer. What decides stands under Active, what was proposed under Versions.
    </Empty>
  );
}
