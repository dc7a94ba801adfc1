// The plan of a route as text. Of one that was made by API: written, tried against what stands, and saved only as it was tried.
// Of one of the configuration file: read, and where to change it.
import { useState } from "react";
import type { RouteChanged, RouteView } from "../../../../../src/gateway/contract.ts";
import { explainError, type Problem } from "../../../api/explain-error.ts";
import { Panel } from "../../../components/figures/panel.tsx";
import { CodeEditor } from "../../../components/inputs/code/code-editor.tsx";
import type { Diagnostic } from "../../../components/inputs/code/diagnostic.ts";
import { Button } from "../../../components/parts/button.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { Segmented } from "../../../components/parts/segmented.tsx";
import { useMay } from "../../../page/services.ts";
import { ConfigPlan } from "./config-plan.tsx";
import { DeleteRoute } from "./delete-route.tsx";
import { Outlook } from "./outlook.tsx";
import { type PlanFormat, placeObjections, readPlanText, writePlan } from "./plan-text.ts";
import { useChangeRoute } from "./use-change-route.ts";

interface EditPlanProps {
  name: string;
  /** Null where there is none of that name yet. */
  route: RouteView | null;
}

const formats = [
  { value: "yaml", label: "YAML" },
  { value: "json", label: "JSON" },
] as const;

const firstPlan = { strategy: "order", targets: ["vendor/model"] };

export function EditPlan({ name, route }: EditPlanProps) {
  const mayChange = useMay("change_routes");
  if (route?.source === "config" || (!mayChange && route !== null)) return <ConfigPlan route={route} />;
  if (!mayChange) return <p className="text-soft">Making routes is for those who may change them.</p>;
  return <PlanEditor name={name} route={route} />;
}

interface Draft {
  text: string;
  format: PlanFormat;
  /** What it is a change of; 0 where there was none. */
  revision: number;
}

/** What the server said of a text. */
interface Tried {
  text: string;
  changed: RouteChanged | null;
  diagnostics: Diagnostic[];
  problem: Problem | null;
}

function PlanEditor({ name, route }: EditPlanProps) {
  const [draft, setDraft] = useState<Draft | null>(null);
  const [tried, setTried] = useState<Tried | null>(null);
  const [busy, setBusy] = useState(false);
  const change = useChangeRoute(name);
  const format = draft?.format ?? "yaml";
  const standing = writePlan(route?.plan ?? firstPlan, format);
  const text = draft?.text ?? standing;
  const revision = draft?.revision ?? route?.revision ?? 0;
  const isOvertaken = draft !== null && draft.revision !== (route?.revision ?? 0);
  const isTried = tried?.text === text;

  const ask = async (isDryRun: boolean): Promise<void> => {
    const read = readPlanText(text);
    if ("diagnostics" in read) return setTried({ text, changed: null, diagnostics: read.diagnostics, problem: null });
    setBusy(true);
    try {
      const changed = await change.put({ plan: read.plan, revision, isDryRun });
      if (isDryRun) return setTried({ text, changed, diagnostics: [], problem: null });
      setDraft(null);
      setTried(null);
    } catch (error) {
      const problem = explainError(error);
      setTried({ text, changed: null, diagnostics: placeObjections(problem.message, text), problem });
    } finally {
      setBusy(false);
    }
  };
  const switchTo = (next: PlanFormat): void => {
    const read = readPlanText(text);
    if ("plan" in read) setDraft({ text: writePlan(read.plan, next), format: next, revision });
    else setTried({ text, changed: null, diagnostics: read.diagnostics, problem: null });
  };
  return (
    <>
      <Panel
        title={route === null ? `The plan of ${name}, to be made` : "The plan"}
        aside={<Segmented label="Written as" options={formats} value={format} onChange={switchTo} />}
      >
        <div className="grid gap-3">
          <CodeEditor
            label={`Plan of ${name}`}
            language={format}
            value={text}
            onChange={(next) => setDraft({ text: next, format, revision })}
            height="22rem"
            diagnostics={isTried ? (tried?.diagnostics ?? []) : []}
          />
          {isOvertaken && <Overtaken route={route} onTake={() => setDraft(null)} />}
          {isTried && tried !== null && tried.problem !== null && <Notice problem={firstLineOf(tried)} />}
          <div className="flex flex-wrap items-center gap-2">
            <Button
              kind={isTried && tried?.changed ? "plain" : "primary"}
              disabled={busy}
              onClick={() => void ask(true)}
            >
              See what would change
            </Button>
            {draft !== null && <Button onClick={() => setDraft(null)}>Discard</Button>}
            {route !== null && <DeleteRoute route={route} />}
          </div>
        </div>
      </Panel>
      {isTried && tried !== null && tried.changed !== null && (
        <Outlook
          changed={tried.changed}
          before={route === null ? "" : standing}
          after={text}
          busy={busy}
          onSave={() => void ask(false)}
        />
      )}
    </>
  );
}

/** What stands at lines of the text is not said twice. */
function firstLineOf({ problem, diagnostics }: Tried): Problem {
  const found = problem ?? explainError(null);
  if (diagnostics.length === 0) return found;
  return { ...found, message: found.message.split("\n")[0]?.replace(/:$/, ".") ?? found.message };
}

function Overtaken({ route, onTake }: { route: RouteView | null; onTake: () => void }) {
  const who = route?.changed_by?.key_name;
  return (
    <div role="status" className="flex flex-wrap items-center gap-3 rounded-md bg-tide px-3 py-2">
      <span>
        {route === null
          ? "The route was deleted since you began."
          : `It was changed since you began${who === undefined ? "" : `, by ${who}`}: revision ${route.revision}.`}
      </span>
      <Button onClick={onTake}>Begin again with what stands now</Button>
    </div>
  );
}
