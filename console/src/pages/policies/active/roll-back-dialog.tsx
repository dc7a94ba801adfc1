// The way back: to the version before, or to the shipped policies alone.
import { useState } from "react";
import type { ActivePoliciesView } from "../../../../../src/policy/contract.ts";
import { ConfirmDialog } from "../../../components/overlays/confirm-dialog.tsx";
import { toast } from "../../../components/overlays/show-toast.ts";
import { Segmented } from "../../../components/parts/segmented.tsx";
import { useServices } from "../../../page/services.ts";
import { usePolicyChange } from "../use-policies.ts";

export function RollBackDialog({ active, onClose }: { active: ActivePoliciesView; onClose: () => void }) {
  const { api } = useServices();
  const change = usePolicyChange();
  const [to, setTo] = useState<"previous" | "shipped">("previous");
  const target = to === "previous" ? "the version that decided before" : "the shipped policies alone";
  return (
    <ConfirmDialog
      title="Roll back the policies"
      confirmLabel="Roll back"
      tone="danger"
      onClose={onClose}
      consequence={
        <div className="grid gap-3">
          <div className="w-fit">
            <Segmented
              label="Roll back to"
              value={to}
              onChange={setTo}
              options={[
                { value: "previous", label: "The version before" },
                { value: "shipped", label: "The shipped ones alone" },
              ]}
            />
          </div>
          <p>
            Version {active.number} stops deciding and is retired; {target} decide{to === "previous" ? "s" : ""} on
            every process within a second. No second person is asked. What is retired can be proposed anew.
          </p>
        </div>
      }
      onConfirm={() =>
        change(async () => {
          const { active: now } = await api.client.policies.rollBack({ to });
          toast({ text: now === null ? "The shipped policies alone decide." : `Version ${now.number} decides.` });
        })
      }
    />
  );
}
