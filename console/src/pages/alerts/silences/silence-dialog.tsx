// Lets nobody be told of some alerts for a while: of which, for how long, and why. It says beforehand who will not be told of what.
import { useChange } from "../../../page/asking/use-change.ts";
import { useState } from "react";
import { Dialog } from "../../../components/overlays/dialog.tsx";
import { toast } from "../../../components/overlays/show-toast.ts";
import { Form } from "../../../components/inputs/form.tsx";
import { TextField } from "../../../components/inputs/text-field.tsx";
import { Button } from "../../../components/parts/button.tsx";
import type { Problem } from "../../../api/explain-error.ts";
import { useServices } from "../../../page/services.ts";
import { fits, type Matcher } from "../open/matching.ts";
import { toldOf, useTold } from "../open/told.ts";
import { useOpenAlerts, useRules } from "../queries.ts";
import { sayLabels } from "../../../format/say-labels.ts";
import { MatcherRows } from "../matcher-rows.tsx";
import { UntilField } from "./until-field.tsx";

const hourMs = 3_600_000;
const names = [
  "rule",
  "kind",
  "severity",
  "id",
  "route",
  "model",
  "vendor",
  "team",
  "project",
  "slo",
  "burn",
  "signal",
];

export function SilenceDialog({ matchers: first, onClose }: { matchers: readonly Matcher[]; onClose: () => void }) {
  const { client } = useServices().api;
  const change = useChange("alerts");
  const [matchers, setMatchers] = useState(first);
  const [untilMs, setUntilMs] = useState(() => Date.now() + 2 * hourMs);
  const [comment, setComment] = useState("");
  const whole = matchers.filter(({ name, values }) => name !== "" && values.length > 0);
  const submit = async (): Promise<Problem | null> => {
    let made: string | null = null;
    const problem = await change(async () => {
      const silence = {
        matchers: whole.map(({ name, values }) => ({ name, values: [...values] })),
        until_ms: untilMs,
        comment,
      };
      made = (await client.alerts.silences.create(silence)).id;
    });
    if (problem !== null || made === null) return problem;
    const id: string = made;
    toast({
      text: "Silenced. Nobody is told of it.",
      undo: async () => {
        await change(() => client.alerts.silences.delete({ id }));
      },
    });
    onClose();
    return null;
  };
  return (
    <Dialog title="Silence alerts" onClose={onClose} size="medium">
      <Form
        onSubmit={submit}
        submitLabel="Silence"
        disabled={whole.length === 0 || comment.trim() === ""}
        aside={<Button onClick={onClose}>Cancel</Button>}
      >
        <TextField
          label="Why"
          name="comment"
          value={comment}
          onChange={setComment}
          required
          maxLength={500}
          placeholder="The vendor works on it"
          hint="Stands beside the alert for whoever wonders."
        />
        <UntilField untilMs={untilMs} onChange={setUntilMs} />
        <MatcherRows
          legend="Alerts that fit all of these"
          hint="Several values are either-or; * at the end of one stands for anything."
          names={[...new Set([...names, ...first.map(({ name }) => name)])]}
          rows={matchers}
          onChange={setMatchers}
        />
        <Consequence matchers={whole} />
      </Form>
    </Dialog>
  );
}

/** What is silenced as things are, and whose silence that is. */
function Consequence({ matchers }: { matchers: readonly Matcher[] }) {
  const open = useOpenAlerts();
  const rules = useRules();
  const told = useTold();
  const fitting = (open.data?.alerts ?? []).filter((alert) => fits(matchers, alert));
  const channels = [...new Set(fitting.flatMap((alert) => toldOf(alert, rules.data, told).channels))];
  const missed = channels.length === 0 ? "No channel would hear of it anyway." : `Not told: ${channels.join(", ")}.`;
  return (
    <div role="status" className="rounded-md bg-shoal px-3 py-2">
      <p className="font-semibold">
        {fitting.length === 0
          ? "No open alert fits."
          : `${fitting.length === 1 ? "1 open alert fits" : `${fitting.length} open alerts fit`}.`}
      </p>
      <ul className="foreign">
        {fitting.slice(0, 5).map((alert) => (
          <li key={alert.id}>
            {alert.rule} <span className="text-soft">{sayLabels(alert.labels)}</span>
          </li>
        ))}
        {fitting.length > 5 && <li className="text-soft">and {fitting.length - 5} more</li>}
      </ul>
      <p>
        {fitting.length > 0 && `${missed} `}What fires later and fits is silent too. What was told before is still told
        to be over.
      </p>
    </div>
  );
}
