// What shall be switched off, why, and for how long. The next dialog says what comes of it.
import { useCallback, useState } from "react";
import { type SwitchKind, switchKinds, type ThrowSwitch } from "../../../../../src/governance/contract.ts";
import { ComboField } from "../../../components/inputs/choices/combo-field.tsx";
import { Form } from "../../../components/inputs/form.tsx";
import { SelectField } from "../../../components/inputs/select-field.tsx";
import { TextArea } from "../../../components/inputs/text-field.tsx";
import { Dialog } from "../../../components/overlays/dialog.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { useServices } from "../../../page/services.ts";
import { kindWords } from "../words/describe.ts";
import { suggestNames } from "./suggest-names.ts";

interface ThrowDialogProps {
  /** As it was chosen before, when the reader comes back to change it. */
  first: Pick<ThrowSwitch, "kind" | "name" | "reason">;
  onClose: () => void;
  onGoOn: (wish: ThrowSwitch) => void;
}

const minuteMs = 60_000;
const lengths = [
  { value: "lift", label: "Until somebody lifts it", ms: null },
  { value: "15m", label: "For 15 minutes", ms: 15 * minuteMs },
  { value: "1h", label: "For 1 hour", ms: 60 * minuteMs },
  { value: "4h", label: "For 4 hours", ms: 240 * minuteMs },
  { value: "24h", label: "For 24 hours", ms: 1440 * minuteMs },
  { value: "7d", label: "For 7 days", ms: 10_080 * minuteMs },
] as const;
type Length = (typeof lengths)[number]["value"];

const kinds = switchKinds
  .toSorted((a, b) => Number(a === "installation") - Number(b === "installation"))
  .map((value) => ({ value, label: kindWords[value] }));

export function ThrowDialog({ first, onClose, onGoOn }: ThrowDialogProps) {
  const { api, session } = useServices();
  const [kind, setKind] = useState<SwitchKind>(first.kind);
  const [name, setName] = useState(first.name);
  const [reason, setReason] = useState(first.reason);
  const [length, setLength] = useState<Length>("lift");
  const suggest = useCallback(
    (typed: string, signal: AbortSignal) =>
      suggestNames(kind, typed, { client: api.client, operations: session.operations, signal }),
    [api, kind, session.operations],
  );
  const isAll = kind === "installation";
  const goOn = async () => {
    const ms = lengths.find(({ value }) => value === length)?.ms ?? null;
    onGoOn({
      kind,
      name: isAll ? "*" : name.trim(),
      reason: reason.trim(),
      ends_at_ms: ms === null ? null : Date.now() + ms,
    });
    return null;
  };
  return (
    <Dialog title={isAll ? "Switch everything off" : "Switch something off"} onClose={onClose} size="medium">
      <Form
        onSubmit={goOn}
        submitLabel="Go on"
        disabled={reason.trim() === "" || (!isAll && name.trim() === "")}
        aside={<Button onClick={onClose}>Cancel</Button>}
      >
        <SelectField
          label="What"
          name="kind"
          options={kinds}
          value={kind}
          onChange={(next) => {
            setKind(next);
            setName("");
          }}
        />
        {!isAll && (
          <ComboField
            key={kind}
            label="Name"
            name="name"
            hint={nameHints[kind] ?? "* stands for any text."}
            value={name}
            onChange={setName}
            suggest={suggest}
          />
        )}
        <TextArea
          label="Reason"
          name="reason"
          hint="Callers who are refused are told it: write it for them."
          maxLength={1000}
          rows={3}
          value={reason}
          onChange={setReason}
        />
        <SelectField label="For how long" name="ends_at_ms" options={lengths} value={length} onChange={setLength} />
      </Form>
    </Dialog>
  );
}

const nameHints: Partial<Record<SwitchKind, string>> = {
  model: "vendor/model, or the model’s own name; * stands for any text.",
  key: "Its name or id; * stands for any text.",
  agent: "As x-binnacle-agent says, or the name of an agent’s key; * stands for any text.",
  tool: "As requests offer it to models; * stands for any text.",
};
