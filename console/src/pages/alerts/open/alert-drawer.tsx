// One alert: how bad it is, since when, who hears of it, how it went, and what can be done.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { OpenAlert } from "../../../../../src/alerts/contract.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Age, Moment } from "../../../components/figures/moment.tsx";
import { Drawer } from "../../../components/overlays/drawer.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { Field, FieldList } from "../../../components/parts/field-list.tsx";
import { Loading } from "../../../components/parts/loading.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { Section } from "../../../components/parts/section.tsx";
import { Words } from "../../../components/parts/words.tsx";
import { useMayDo, useServices } from "../../../page/services.ts";
import { useRules } from "../queries.ts";
import { sayFact } from "../words/say-fact.ts";
import { sayLabels } from "../../../format/say-labels.ts";
import { sayAgainst, sayReading } from "../words/say-reading.ts";
import { AlertCourse, type CallsSearch, useCallsSearch } from "./alert-course.tsx";
import { AlertHistory } from "./alert-history.tsx";
import { AlertState, Severity } from "./alert-state.tsx";
import { isSilenced, matchersOf } from "./matching.ts";
import { SilenceDialog } from "../silences/silence-dialog.tsx";
import { SilencedBy } from "./silenced-by.tsx";
import { toldOf, useTold } from "./told.ts";

export function AlertDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { client } = useServices().api;
  const asked = useQuery({
    queryKey: ["alerts", "one", id],
    queryFn: ({ signal }) => client.alerts.get({ id }, { signal }),
    refetchInterval: 10_000,
  });
  const alert = asked.data;
  return (
    <Drawer
      label="Alert"
      title={alert?.rule ?? "Alert"}
      aside={alert && <AlertState alert={alert} isSilenced={isSilenced(alert)} />}
      actions={alert && alert.state !== "resolved" && <SilenceButton alert={alert} />}
      detail={alert && (sayLabels(alert.labels) || "all that it looks at")}
      contentKey={id}
      onClose={onClose}
    >
      {asked.isPending && <Loading className="px-5 py-4">Reading the alert.</Loading>}
      {asked.isError && alert === undefined && (
        <div className="p-5">
          <Notice problem={explainError(asked.error)} />
        </div>
      )}
      {alert !== undefined && <AlertRecord alert={alert} />}
    </Drawer>
  );
}

function SilenceButton({ alert }: { alert: OpenAlert }) {
  const [open, setOpen] = useState(false);
  if (!useMayDo("alerts.silences.create")) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>Silence</Button>
      {open && <SilenceDialog matchers={matchersOf(alert)} onClose={() => setOpen(false)} />}
    </>
  );
}

function AlertRecord({ alert }: { alert: OpenAlert }) {
  const rules = useRules();
  const told = useTold();
  const calls = useCallsSearch(alert);
  const rule = rules.data?.find(({ name }) => name === alert.rule);
  const description = rule?.spec["description"];
  return (
    <>
      <div className="px-5 py-4">
        <p className="text-figure font-semibold">{sayReading(alert.value, alert.unit)}</p>
        {alert.threshold !== null && (
          <p className="text-soft">
            {sayAgainst(alert)} {sayReading(alert.threshold, alert.unit)} is too bad
          </p>
        )}
        {typeof description === "string" && (
          <p className="mt-2 text-read">
            <Words text={description} />
          </p>
        )}
      </div>
      <Section
        title="Course"
        aside={alert.kind === "drift" ? <DriftLink /> : calls !== null && <CallsLink search={calls} />}
      >
        <AlertCourse alert={alert} />
      </Section>
      <Section title="What is known">
        <Facts alert={alert} />
      </Section>
      <Section title="Who hears of it">
        {isSilenced(alert) ? (
          <SilencedBy ids={alert.silenced_by} />
        ) : (
          <p>
            {alert.state === "pending" ? "Nobody yet; once it fires: " : ""}
            {toldOf(alert, rules.data, told).words}
          </p>
        )}
        <p className="mt-1">
          <Link to="/alerts" search={{ tab: "channels" }} className="text-pen underline underline-offset-2">
            What was sent
          </Link>
        </p>
      </Section>
      <Section title="History">
        <AlertHistory alert={alert} />
      </Section>
    </>
  );
}

function CallsLink({ search }: { search: CallsSearch }) {
  return (
    <Link
      to="/calls/{-$callId}"
      params={{ callId: undefined }}
      search={search}
      className="text-pen underline underline-offset-2"
    >
      The calls it is about
    </Link>
  );
}

function DriftLink() {
  return (
    <Link to="/drift" className="text-pen underline underline-offset-2">
      The findings, with their evidence
    </Link>
  );
}

function Facts({ alert }: { alert: OpenAlert }) {
  return (
    <FieldList>
      <Field name="Severity">
        <Severity of={alert.severity} />
      </Field>
      <Field name="Since">
        <Moment ms={alert.since_ms} />, <Age ms={alert.since_ms} />
      </Field>
      <Field name="Fired">{alert.fired_at_ms === null ? "not yet" : <Moment ms={alert.fired_at_ms} />}</Field>
      <Field name="Resolved">{alert.resolved_at_ms === null ? null : <Moment ms={alert.resolved_at_ms} />}</Field>
      <Field name="Last read">
        <Moment ms={alert.seen_at_ms} />
      </Field>
      {alert.reason !== null && (
        <Field name="Because">
          {alert.reason === "no_data" ? "nothing is known of this series any more" : "its rule is off or deleted"}
        </Field>
      )}
      {Object.entries(alert.facts)
        .filter(([, value]) => value !== null)
        .map(([name, value]) => {
          const said = sayFact(name, value, alert.unit);
          return (
            <Field key={name} name={said.name}>
              {said.atMs === null ? said.text : <Moment ms={said.atMs} />}
            </Field>
          );
        })}
    </FieldList>
  );
}
