// What these policies would have done to the calls of the last days: how many, by which policy, and some of them to look at.
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { DryRun } from "../../../../../src/policy/contract.ts";
import { explainError, type Problem } from "../../../api/explain-error.ts";
import { Moment } from "../../../components/figures/moment.tsx";
import { Panel } from "../../../components/figures/panel.tsx";
import { Stat } from "../../../components/figures/stat.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { Segmented } from "../../../components/parts/segmented.tsx";
import { formatCount } from "../../../format/figures.ts";
import { useServices } from "../../../page/services.ts";
import type { Files } from "../editor/edit-files.ts";

const lengths = ["1", "7", "30", "90"] as const;

export function DryRunPanel({ files, isReady }: { files: Files; isReady: boolean }) {
  const { api, session } = useServices();
  const [days, setDays] = useState<(typeof lengths)[number]>("7");
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<{ run: DryRun; of: Files } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  if (!session.operations.includes("policies.dryRun")) return null;
  const run = async (): Promise<void> => {
    setBusy(true);
    try {
      setFound({ run: await api.client.policies.dryRun({ files: [...files], days: Number(days) }), of: files });
      setProblem(null);
    } catch (error) {
      setProblem(explainError(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Panel
      title="Tried on real traffic"
      note={found !== null && found.of !== files ? "of the text before your last change" : undefined}
      aside={
        <div className="flex flex-wrap items-center gap-2">
          <Segmented
            label="Days to look back"
            value={days}
            onChange={setDays}
            options={lengths.map((value) => ({ value, label: `${value} d` }))}
          />
          <Button disabled={!isReady || busy} aria-busy={busy} onClick={() => void run()}>
            Try it
          </Button>
        </div>
      }
    >
      {problem !== null && <Notice problem={problem} />}
      {found === null && problem === null && (
        <p className="text-read text-soft">
          Which of the calls that were served would have been refused, and by which policy. Nobody is called, and
          nothing changes.
        </p>
      )}
      {found !== null && <Result run={found.run} />}
    </Panel>
  );
}

function Result({ run }: { run: DryRun }) {
  return (
    <div className="grid gap-3">
      <div className="grid gap-3 sm:grid-cols-3">
        <Stat
          label="Calls looked at"
          value={formatCount(run.calls)}
          detail={
            <>
              since <Moment ms={run.since_ms} />
            </>
          }
        />
        <Stat
          label="Would have been refused"
          value={formatCount(run.refused)}
          tone={run.refused > 0 ? "warn" : "ok"}
          detail="and were served"
        />
        <Stat label="Would have been allowed" value={formatCount(run.allowed)} detail="and were refused by policies" />
      </div>
      {!run.is_whole && (
        <p className="font-semibold text-warn">
          There were more calls than policy.dry_run_calls_max: the newest were looked at.
        </p>
      )}
      {run.by_policy.length > 0 && <ByPolicy run={run} />}
      {run.not_known.length > 0 && (
        <p className="text-fine text-soft">Not on record, and so not asked: {run.not_known.join(", ")}.</p>
      )}
    </div>
  );
}

function ByPolicy({ run }: { run: DryRun }) {
  return (
    <ul aria-label="Refused by policy" className="grid gap-2">
      {run.by_policy.map(({ policy, why, action, calls, examples }) => (
        <li key={`${policy} ${action}`} className="rounded-md border border-line px-3 py-2">
          <p className="flex flex-wrap items-baseline gap-x-3">
            <bdi className="font-mono text-fine font-semibold">{policy}</bdi>
            <bdi className="min-w-0">{why}</bdi>
            <span className="ml-auto whitespace-nowrap">
              {formatCount(calls)} {calls === 1 ? "call" : "calls"} at{" "}
              <bdi className="font-mono text-fine">{action}</bdi>
            </span>
          </p>
          <p className="mt-1 flex flex-wrap gap-x-3 text-fine">
            {examples.map((id) => (
              <Link
                key={id}
                to="/calls/{-$callId}"
                params={{ callId: id }}
                className="min-h-6 font-mono text-pen underline underline-offset-2"
              >
                {id}
              </Link>
            ))}
            {calls > examples.length && (
              <span className="text-soft">and {formatCount(calls - examples.length)} more</span>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
