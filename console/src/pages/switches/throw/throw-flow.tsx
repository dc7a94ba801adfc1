// Throwing a switch: what and why, then what comes of it, with its name typed.
import { useState } from "react";
import type { ThrowSwitch } from "../../../../../src/governance/contract.ts";
import { ConfirmDialog } from "../../../components/overlays/confirm-dialog.tsx";
import { toast } from "../../../components/overlays/show-toast.ts";
import { formatStampWithZone } from "../../../format/stamps.ts";
import { useServices } from "../../../page/services.ts";
import { useSwitchChange } from "../use-switches.ts";
import { consequenceOf, describeTarget, wordToType } from "../words/describe.ts";
import { ThrowDialog } from "./throw-dialog.tsx";

export function ThrowFlow({ kind, onClose }: { kind: ThrowSwitch["kind"]; onClose: () => void }) {
  const { api } = useServices();
  const change = useSwitchChange();
  const [wish, setWish] = useState<ThrowSwitch | null>(null);
  if (wish === null) return <ThrowDialog first={{ kind, name: "", reason: "" }} onClose={onClose} onGoOn={setWish} />;
  const target = describeTarget(wish);
  return (
    <ConfirmDialog
      title={`Switch off ${target}`}
      confirmLabel={`Switch off ${wish.kind === "installation" ? "everything" : `the ${wish.kind}`}`}
      tone="danger"
      typeToConfirm={wordToType(wish)}
      onClose={onClose}
      consequence={
        <div className="grid gap-2">
          {wish.kind === "installation" && (
            <p className="rounded-md bg-alarm px-3 py-2 text-title font-semibold text-fail">
              Nobody gets an answer any more, from any model, on any server of this installation.
            </p>
          )}
          {consequenceOf(wish).map((sentence) => (
            <p key={sentence} className="foreign">
              {sentence}
            </p>
          ))}
          <p>
            It holds{" "}
            {wish.ends_at_ms === null ? "until somebody lifts it" : `until ${formatStampWithZone(wish.ends_at_ms)}`}.
            Callers read: <q className="foreign font-semibold">{wish.reason}</q>
          </p>
        </div>
      }
      onConfirm={() =>
        change(async () => {
          await api.client.switches.throw(wish);
          toast({ text: `Switched off: ${target}` });
        })
      }
    />
  );
}
