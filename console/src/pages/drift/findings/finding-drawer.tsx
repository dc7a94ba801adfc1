// One finding with its evidence: how it was, how it is, how sure that is, and the calls of both times.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Finding } from "../../../../../src/drift/contract.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Age, Moment } from "../../../components/figures/moment.tsx";
import { StateWord } from "../../../components/figures/state-word.tsx";
import { Drawer } from "../../../components/overlays/drawer.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { Field, FieldList } from "../../../components/parts/field-list.tsx";
import { Loading } from "../../../components/parts/loading.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { Section } from "../../../components/parts/section.tsx";
import { formatStamp } from "../../../format/stamps.ts";
import { useMayDo, useServices } from "../../../page/services.ts";
import { BaselineDialog } from "../baselines/baseline-dialog.tsx";
import { CallsOf } from "../calls-of.tsx";
import { useDrift } from "../queries.ts";
import { kindWords, sayFigure, sayProfile, sayDetector, sayNumber } from "../say-drift.ts";
import { BeforeNow } from "./before-now.tsx";
import { Erosion } from "./erosion.tsx";
import { Measures } from "./measures.tsx";

export function FindingDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { client } = useServices().api;
  const asked = useQuery({
    queryKey: ["drift", "finding", id],
    queryFn: ({ signal }) => client.drift.finding({ id }, { signal }),
    refetchInterval: 15_000,
  });
  const finding = asked.data;
  return (
    <Drawer
      label="Finding"
      title={finding === undefined ? "Finding" : sayFigure(finding.figure)}
      aside={finding && <StateWord tone={finding.state === "open" ? "warn" : "off"}>{kindOf(finding)}</StateWord>}
      actions={finding?.profile && finding.state === "open" && <Accept profile={finding.profile} />}
      detail={finding && (finding.profile === null ? "many profiles together" : sayProfile(finding.profile))}
      contentKey={id}
      onClose={onClose}
    >
      {asked.isPending && <Loading className="px-5 py-4">Reading the finding.</Loading>}
      {asked.isError && finding === undefined && (
        <div className="p-5">
          <Notice problem={explainError(asked.error)} />
        </div>
      )}
      {finding !== undefined && <FindingRecord finding={finding} />}
    </Drawer>
  );
}

function kindOf({ state, kind }: Finding): string {
  return state === "open" ? kindWords[kind] : "closed";
}

/** What was found is how it should be from now on. */
function Accept({ profile }: { profile: NonNullable<Finding["profile"]> }) {
  const [open, setOpen] = useState(false);
  if (!useMayDo("drift.baselines.put")) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>New baseline</Button>
      {open && <BaselineDialog profile={profile} onClose={() => setOpen(false)} />}
    </>
  );
}

function FindingRecord({ finding }: { finding: Finding }) {
  const { figure, evidence, profile } = finding;
  return (
    <>
      <div className="px-5 py-4">
        <FieldList>
          <Field name="Since">
            <Moment ms={finding.since_ms} />, <Age ms={finding.since_ms} />
          </Field>
          <Field name="Found">
            <Moment ms={finding.opened_at_ms} />
          </Field>
          <Field name="Seen last">
            <Moment ms={finding.updated_at_ms} />
          </Field>
          <Field name="Closed">{finding.closed_at_ms === null ? null : <Moment ms={finding.closed_at_ms} />}</Field>
        </FieldList>
      </div>
      {(evidence.before !== null || evidence.now !== null) && (
        <Section title="Before and now">
          <BeforeNow figure={figure} before={evidence.before} now={evidence.now} />
          <BothTimes finding={finding} />
        </Section>
      )}
      {evidence.names.length > 0 && (
        <Section title="New names">
          <ul className="foreign font-mono text-fine">
            {evidence.names.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </Section>
      )}
      {evidence.measures.length > 0 && (
        <Section title="How far, and how sure">
          <Measures measures={evidence.measures} />
        </Section>
      )}
      {evidence.change !== null && (
        <Section title="Shift">
          <p>
            {sayDetector(evidence.change.detector)} told of it by the hour of {formatStamp(evidence.change.hour_ms)}:
            the last hours are {sayNumber(evidence.change.level)} deviations off what is usual.
          </p>
        </Section>
      )}
      {evidence.erosion !== null && (
        <Section title="Profiles that contribute">
          <Erosion figure={figure} erosion={evidence.erosion} />
        </Section>
      )}
      {profile !== null && evidence.before === null && evidence.now === null && (
        <Section title="Calls">
          <BothTimes finding={finding} />
        </Section>
      )}
    </>
  );
}

/** The calls of the baseline, and those that were compared with it. */
function BothTimes({
  finding: { profile, evidence, since_ms: sinceMs, updated_at_ms: untilMs },
}: {
  finding: Finding;
}) {
  const { data } = useDrift();
  if (profile === null) return null;
  const name = JSON.stringify(profile);
  const baseline = data?.profiles.find((each) => JSON.stringify(each.profile) === name)?.baseline ?? null;
  const hours = evidence.measures[0]?.window_hours ?? 0;
  const fromMs = hours === 0 ? sinceMs : untilMs - hours * 3_600_000;
  return (
    <p className="mt-2 flex flex-wrap gap-x-4">
      {baseline !== null && (
        <CallsOf profile={profile} fromMs={baseline.since_ms} toMs={baseline.until_ms}>
          Calls of the baseline, {baseline.label}
        </CallsOf>
      )}
      <CallsOf profile={profile} fromMs={fromMs} toMs={untilMs}>
        Calls of now
      </CallsOf>
    </p>
  );
}
