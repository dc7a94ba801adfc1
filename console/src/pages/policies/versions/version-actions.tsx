// What may be done with a version now, each step with what comes of it; and why a step is not offered.
import { useState } from "react";
import type { PolicyVersionView } from "../../../../../src/policy/contract.ts";
import { ConfirmDialog } from "../../../components/overlays/confirm-dialog.tsx";
import { toast } from "../../../components/overlays/show-toast.ts";
import { Button } from "../../../components/parts/button.tsx";
import { useServices } from "../../../page/services.ts";
import { useAddress } from "../address.ts";
import { usePolicyChange, useTwoPersons } from "../use-policies.ts";
import { nextSteps, type Step } from "./steps.ts";

interface VersionActionsProps {
  version: PolicyVersionView;
  /** Takes its files to the editor. */
  onEdit: () => void;
}

export function VersionActions({ version, onEdit }: VersionActionsProps) {
  const { api, session } = useServices();
  const { goTo } = useAddress();
  const change = usePolicyChange();
  const twoPersons = useTwoPersons();
  const [asking, setAsking] = useState<Step | null>(null);
  const { steps, why } = nextSteps(version, {
    twoPersons,
    ownKey: session.key_id,
    mayPropose: session.operations.includes("policies.submit"),
    mayChange: session.operations.includes("policies.activate"),
  });
  const { number } = version;
  const run = (step: Step) =>
    change(async () => {
      await api.client.policies[step.id]({ number });
      toast({ text: step.done });
    });
  return (
    <div className="grid gap-2 px-5 py-3">
      <div className="flex flex-wrap gap-2">
        {steps.map((step) => (
          <Button
            key={step.id}
            kind={step.isMain ? "primary" : "plain"}
            className="min-h-8"
            onClick={() => setAsking(step)}
          >
            {step.label}
          </Button>
        ))}
        {session.operations.includes("policies.propose") && (
          <Button
            className="min-h-8"
            onClick={() => {
              onEdit();
              goTo({ tab: "edit", version: null });
            }}
          >
            Edit from here
          </Button>
        )}
      </div>
      {why !== null && <p className="text-soft">{why}</p>}
      {asking !== null && (
        <ConfirmDialog
          title={`${asking.label}: version ${number}`}
          consequence={asking.consequence}
          confirmLabel={asking.label}
          tone={asking.id === "activate" ? "danger" : "plain"}
          onClose={() => setAsking(null)}
          onConfirm={() => run(asking)}
        />
      )}
    </div>
  );
}
