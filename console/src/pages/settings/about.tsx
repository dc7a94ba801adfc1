// What this is, which version of it runs where, and where to read on.
import { Panel } from "../../components/figures/panel.tsx";
import { Field, FieldList } from "../../components/parts/field-list.tsx";
import { formatStampWithZone } from "../../format/stamps.ts";
import { useServices } from "../../page/services.ts";
import { useHouse } from "../../shell/use-house.ts";

export function About() {
  const { session } = useServices();
  const { status } = useHouse();
  return (
    <>
      <Panel title="This installation">
        <FieldList>
          <Field name="Binnacle">{status?.version}</Field>
          <Field name="Runs on">{status?.runtime}</Field>
          <Field name="Address">{status?.url}</Field>
          <Field name="Database">
            {status === undefined ? undefined : `PostgreSQL ${status.database.version ?? ""}, ${status.database.kind}`}
          </Field>
          <Field name="Started">{status === undefined ? undefined : formatStampWithZone(status.started_at_ms)}</Field>
          <Field name="You are">{`${session.key_name}, of the organisation ${session.organisation}`}</Field>
          <Field name="Your roles">{session.roles.join(", ")}</Field>
        </FieldList>
      </Panel>
      <Panel title="Read on">
        <ul className="grid gap-1 text-read">
          <li>
            <a className="text-pen underline underline-offset-2" href="/api/docs">
              The API, with all that this console asks
            </a>
          </li>
          <li>
            In a terminal: <code className="font-mono text-fine">binnacle --help</code>,{" "}
            <code className="font-mono text-fine">binnacle doctor</code>
          </li>
          <li>Binnacle is free software under the MIT licence. It reports nothing home.</li>
        </ul>
      </Panel>
    </>
  );
}
