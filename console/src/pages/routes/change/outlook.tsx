// What a change would do: in the server's words, and as two texts beside each other.
import type { RouteChanged } from "../../../../../src/gateway/contract.ts";
import { Panel } from "../../../components/figures/panel.tsx";
import { DiffView } from "../../../components/inputs/code/diff/diff-view.tsx";
import { Button } from "../../../components/parts/button.tsx";

interface OutlookProps {
  changed: RouteChanged;
  before: string;
  after: string;
  busy: boolean;
  onSave: () => void;
}

export function Outlook({ changed: { changes, revision_before: before }, ...props }: OutlookProps) {
  const isSame = changes.length === 0;
  return (
    <Panel
      title="What would change"
      note={before === 0 ? "the route is new" : `against revision ${before}`}
      aside={
        <Button kind="primary" disabled={isSame || props.busy} onClick={props.onSave} className="my-1 mr-1.5">
          {before === 0 ? "Make the route" : "Save the plan"}
        </Button>
      }
    >
      <div className="grid gap-3">
        <Changes changes={changes} />
        <DiffView before={props.before} after={props.after} labelBefore="As it stands" labelAfter="As it would be" />
      </div>
    </Panel>
  );
}

export function Changes({ changes }: { changes: readonly string[] }) {
  if (changes.length === 0) return <p>Nothing is different.</p>;
  return (
    <ul aria-label="Changes" className="grid gap-0.5 font-mono text-fine leading-5">
      {changes.map((change) => (
        <li key={change} className="foreign">
          {change}
        </li>
      ))}
    </ul>
  );
}
