// Makes an objective, or changes one that was made by API. What does not hold is said by the server, in the words of the config.
import { useChange } from "../../../page/asking/use-change.ts";
import { useState } from "react";
import type { SloView } from "../../../../../src/alerts/contract.ts";
import type { Problem } from "../../../api/explain-error.ts";
import { DurationField, MoneyField, NumberField } from "../../../components/inputs/figures/figure-field.tsx";
import { Form } from "../../../components/inputs/form.tsx";
import { SelectField } from "../../../components/inputs/select-field.tsx";
import { TagsField } from "../../../components/inputs/choices/tags-field.tsx";
import { TextField } from "../../../components/inputs/text-field.tsx";
import { Dialog } from "../../../components/overlays/dialog.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { useServices } from "../../../page/services.ts";
import { MatcherRows } from "../matcher-rows.tsx";
import { dimensions, formOf, type ObjectiveKind, objectiveKinds, type SloForm, specOf } from "./slo-form.ts";

const kindWords: Record<ObjectiveKind, string> = {
  availability: "Calls are answered",
  error_kind: "Calls do not end in certain ways",
  first_token: "The first token comes in time",
  latency: "Answers end in time",
  cost: "Calls cost no more",
  quality: "Judgements are high enough",
};

type Set = (change: Partial<SloForm>) => void;

export function SloDialog({ slo, onClose }: { slo: SloView | null; onClose: () => void }) {
  const { client } = useServices().api;
  const change = useChange("alerts");
  const [form, setForm] = useState(() => formOf(slo));
  const set: Set = (part) => setForm({ ...form, ...part });
  const submit = async (): Promise<Problem | null> => {
    const problem = await change(
      () => client.slos.put({ name: form.name.trim(), spec: specOf(form, slo?.spec) }),
      slo === null ? `${form.name} is measured from now on.` : `${form.name} is changed.`,
    );
    if (problem === null) onClose();
    return problem;
  };
  return (
    <Dialog title={slo === null ? "New objective" : `Change ${slo.name}`} onClose={onClose} size="medium">
      <Form
        onSubmit={submit}
        submitLabel={slo === null ? "Make the objective" : "Save"}
        aside={<Button onClick={onClose}>Cancel</Button>}
      >
        <TextField
          label="Name"
          name="name"
          value={form.name}
          onChange={(name) => set({ name })}
          required
          disabled={slo !== null}
          isCode
          placeholder="chat-availability"
        />
        <SelectField
          label="What must go well"
          value={form.kind}
          onChange={(kind) => set({ kind })}
          options={objectiveKinds.map((kind) => ({ value: kind, label: kindWords[kind] }))}
        />
        <ObjectiveFields form={form} set={set} />
        <div className="grid gap-3 sm:grid-cols-2">
          <NumberField
            label="How much of it"
            unit="%"
            value={form.target}
            onChange={(target) => set({ target })}
            hint="Between 50 and 99.999."
          />
          <DurationField
            label="Over what time"
            value={form.windowMs}
            onChange={(windowMs) => set({ windowMs })}
            hint="What may go wrong is a budget for this long: 1 to 90 days."
          />
        </div>
        <WhichFields form={form} set={set} />
        <TextField
          label="What it means"
          required={false}
          value={form.description}
          onChange={(description) => set({ description })}
          maxLength={500}
        />
      </Form>
    </Dialog>
  );
}

function WhichFields({ form, set }: { form: SloForm; set: Set }) {
  return (
    <>
      <MatcherRows
        legend="Of which calls"
        hint="All through this gateway, where none is named."
        names={[...new Set([...dimensions, ...form.of.map(({ name }) => name)])]}
        rows={form.of}
        onChange={(of) => set({ of })}
      />
      <SelectField
        label="One for each"
        value={form.per[0] ?? ""}
        onChange={(first) =>
          set({ per: first === "" ? [] : [first, ...form.per.slice(1).filter((name) => name !== first)] })
        }
        options={[
          { value: "", label: "one for all of them" },
          ...dimensions.map((name) => ({ value: name as string, label: name })),
        ]}
        {...(form.per.length > 1 && { hint: `and for each ${form.per[1] ?? ""}` })}
      />
    </>
  );
}

function ObjectiveFields({ form, set }: { form: SloForm; set: Set }) {
  switch (form.kind) {
    case "availability":
    case "error_kind":
      return (
        <TagsField
          label="What is bad"
          value={form.outcomes}
          onChange={(outcomes) => set({ outcomes })}
          hint="failed, truncated, refused, cancelled"
        />
      );
    case "first_token":
    case "latency":
      return (
        <DurationField
          label="Within"
          value={form.withinMs}
          onChange={(withinMs) => set({ withinMs })}
          hint="Such as 1.5 s."
        />
      );
    case "cost":
      return (
        <MoneyField label="For one call at most" value={form.usdMicros} onChange={(usdMicros) => set({ usdMicros })} />
      );
    case "quality":
      return (
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField
            label="Score"
            value={form.score}
            onChange={(score) => set({ score })}
            isCode
            hint="The name under which records are judged."
          />
          <NumberField label="At least" value={form.atLeast} onChange={(atLeast) => set({ atLeast })} />
        </div>
      );
  }
}
