// What is switched off now: since when, by whom, why, and when it ends.
import { useState } from "react";
import type { Switch } from "../../../../src/governance/contract.ts";
import { Age, Moment } from "../../components/figures/moment.tsx";
import { StateGlyph, StateWord } from "../../components/figures/state-word.tsx";
import { ConfirmDialog } from "../../components/overlays/confirm-dialog.tsx";
import { toast } from "../../components/overlays/show-toast.ts";
import { Button } from "../../components/parts/button.tsx";
import { useServices } from "../../page/services.ts";
import { useSwitchChange } from "./use-switches.ts";
import { describeTarget } from "./words/describe.ts";

export function OffNow({ switches }: { switches: readonly Switch[] }) {
  const { api, session } = useServices();
  const change = useSwitchChange();
  const [lifting, setLifting] = useState<Switch | null>(null);
  const mayLift = session.operations.includes("switches.lift");
  if (switches.length === 0)
    return (
      <div className="rounded-md border border-line bg-sheet px-4 py-3 text-read">
        <StateWord tone="ok">Nothing is switched off.</StateWord>
      </div>
    );
  return (
    <>
      <ul aria-label="What is switched off" className="grid gap-3">
        {switches.map((off) => (
          <OffItem key={off.id} off={off} onLift={mayLift ? () => setLifting(off) : undefined} />
        ))}
      </ul>
      {lifting !== null && (
        <ConfirmDialog
          title={`Lift the switch on ${describeTarget(lifting)}`}
          consequence="New calls are answered again, on all servers within a second. Where another switch is about the same, that one goes on holding."
          confirmLabel="Lift the switch"
          tone="plain"
          onClose={() => setLifting(null)}
          onConfirm={() =>
            change(async () => {
              await api.client.switches.lift({ id: lifting.id });
              toast({ text: `Lifted: ${describeTarget(lifting)}` });
            })
          }
        />
      )}
    </>
  );
}

function OffItem({ off, onLift }: { off: Switch; onLift: (() => void) | undefined }) {
  const isAll = off.kind === "installation";
  return (
    <li className={`rounded-md border px-4 py-3 ${isAll ? "border-fail bg-alarm" : "border-line bg-sheet"}`}>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="grid min-w-0 flex-1 basis-64 gap-1">
          <h2
            className={`foreign flex items-baseline gap-2 font-semibold ${isAll ? "text-figure text-fail" : "text-title"}`}
          >
            <StateGlyph tone="fail" />
            <span className="min-w-0">{isAll ? "Everything is switched off" : describeTarget(off)}</span>
          </h2>
          <p className="foreign text-read whitespace-pre-wrap">{off.reason}</p>
          <p className="text-soft">
            by <bdi className="font-semibold text-ink">{off.thrown_by.name}</bdi>, <Age ms={off.thrown_at_ms} /> (
            <Moment ms={off.thrown_at_ms} />)
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <p className="text-soft">
            {off.ends_at_ms === null ? (
              "until somebody lifts it"
            ) : (
              <>
                lifts itself <Age ms={off.ends_at_ms} />
              </>
            )}
          </p>
          {onLift !== undefined && (
            <Button
              className="min-h-8 px-3.5 font-semibold max-sm:min-h-11"
              onClick={onLift}
              aria-label={`Lift the switch on ${describeTarget(off)}`}
            >
              Lift
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}
