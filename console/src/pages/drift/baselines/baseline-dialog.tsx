// Chooses the calls that a profile is compared with from now on: of which time, and under which label.
import { useChange } from "../../../page/asking/use-change.ts";
import { useState } from "react";
import type { Profile } from "../../../../../src/drift/contract.ts";
import type { Problem } from "../../../api/explain-error.ts";
import { TextField } from "../../../components/inputs/text-field.tsx";
import { Form } from "../../../components/inputs/form.tsx";
import { TimeRange, rangeToMs, type TimeRangeValue } from "../../../components/inputs/range/time-range.tsx";
import { Dialog } from "../../../components/overlays/dialog.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { formatSpan } from "../../../format/stamps.ts";
import { useServices } from "../../../page/services.ts";
import { CallsOf } from "../calls-of.tsx";
import { useDrift } from "../queries.ts";
import { sayProfile } from "../say-drift.ts";

export function BaselineDialog({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  const { client } = useServices().api;
  const change = useChange("drift");
  const [label, setLabel] = useState("");
  const [range, setRange] = useState<TimeRangeValue>({ range: "7d" });
  const [openedMs] = useState(() => Date.now());
  const { fromMs, toMs } = rangeToMs(range, openedMs);
  const submit = async (): Promise<Problem | null> => {
    const stretch = { since_ms: Math.round(fromMs), until_ms: Math.round(toMs) };
    const problem = await change(
      () => client.drift.baselines.put({ ...profile, ...(label.trim() !== "" && { label: label.trim() }), ...stretch }),
      `${sayProfile(profile)} is compared with these calls from now on.`,
    );
    if (problem === null) onClose();
    return problem;
  };
  return (
    <Dialog title={`New baseline for ${sayProfile(profile)}`} onClose={onClose} size="medium">
      <Form onSubmit={submit} submitLabel="Compare with these calls" aside={<Button onClick={onClose}>Cancel</Button>}>
        <TextField
          label="Label"
          name="label"
          required={false}
          value={label}
          onChange={setLabel}
          maxLength={200}
          placeholder="release 7"
          hint="What these calls stand for: a release, a prompt that was signed off."
        />
        <div className="grid gap-1">
          <p className="font-semibold">Its calls of</p>
          <TimeRange value={range} onChange={setRange} />
          <p className="text-fine text-soft">
            {formatSpan(fromMs, toMs)}.{" "}
            <CallsOf profile={profile} fromMs={Math.round(fromMs)} toMs={Math.round(toMs)}>
              Look at them
            </CallsOf>
          </p>
        </div>
        <Consequence profile={profile} />
      </Form>
    </Dialog>
  );
}

function Consequence({ profile }: { profile: Profile }) {
  const { data } = useDrift();
  const name = JSON.stringify(profile);
  const seen = data?.profiles.find((each) => JSON.stringify(each.profile) === name);
  const open = seen?.open ?? 0;
  return (
    <p role="status" className="rounded-md bg-shoal px-3 py-2">
      {(seen?.baseline ?? null) === null
        ? "It is compared with nothing yet."
        : `It takes the place of “${seen?.baseline?.label ?? ""}”, which is not kept.`}{" "}
      {open > 0 && `${open === 1 ? "Its open finding is" : `Its ${open} open findings are`} closed. `}A week is a good
      length; choose one without an incident in it.
    </p>
  );
}
