// Fields in the gallery, each with a value, a hint, and one that is wrong.
import { useCallback, useState } from "react";
import { CheckField, SwitchField } from "../../components/inputs/choices/check-field.tsx";
import { ComboField } from "../../components/inputs/choices/combo-field.tsx";
import { TagsField } from "../../components/inputs/choices/tags-field.tsx";
import { DurationField, MoneyField, NumberField } from "../../components/inputs/figures/figure-field.tsx";
import { TimeRange, type TimeRangeValue } from "../../components/inputs/range/time-range.tsx";
import { SelectField } from "../../components/inputs/select-field.tsx";
import { TextArea, TextField } from "../../components/inputs/text-field.tsx";
import { Specimen } from "./specimen.tsx";

export function FieldsGallery() {
  const [text, setText] = useState("build-bot");
  const [count, setCount] = useState<number | null>(12);
  const [money, setMoney] = useState<number | null>(25_500_000);
  const [span, setSpan] = useState<number | null>(5_400_000);
  const [on, setOn] = useState(true);
  const [tags, setTags] = useState<readonly string[]>(["batch", "nightly"]);
  const [range, setRange] = useState<TimeRangeValue>({ range: "24h" });
  const [period, setPeriod] = useState("day");
  return (
    <>
      <Specimen name="Fields">
        <div className="grid gap-4 p-4 sm:grid-cols-2 xl:grid-cols-4">
          <TextField label="Name" value={text} onChange={setText} hint="As it stands in reports." />
          <TextField label="Wrong" value={text} onChange={setText} error="There is a key of this name already." />
          <TextField label="Switched off" value={text} onChange={setText} disabled />
          <TextField label="Model" value="sim/sim-small" onChange={setText} isCode required={false} />
          <SelectField
            label="Period"
            value={period}
            onChange={setPeriod}
            options={[
              { value: "day", label: "Each day" },
              { value: "month", label: "Each month" },
            ]}
          />
          <NumberField label="At once" value={count} onChange={setCount} unit="calls" min={1} max={100} isWhole />
          <MoneyField label="Budget" value={money} onChange={setMoney} />
          <DurationField label="Time limit" value={span} onChange={setSpan} hint="15 min, 2 h" />
          <SuggestedModel />
          <TagsField label="Tags" value={tags} onChange={setTags} />
          <div className="grid content-start gap-1">
            <CheckField label="Also where no price is known" value={on} onChange={setOn} hint="Counted as nothing." />
            <SwitchField label="Record bodies" value={on} onChange={setOn} />
          </div>
          <TextArea label="Why" value={text} onChange={setText} rows={3} />
        </div>
      </Specimen>
      <Specimen name="Time range">
        <div className="p-4">
          <TimeRange value={range} onChange={setRange} />
        </div>
      </Specimen>
    </>
  );
}

const models = ["fast", "careful", "sim/sim-small", "sim/sim-large", "anthropic/claude-sonnet", "openai/gpt-mini"];

export function SuggestedModel() {
  const [model, setModel] = useState("");
  const suggest = useCallback(
    async (typed: string) => models.filter((name) => name.includes(typed)).map((value) => ({ value, note: "route" })),
    [],
  );
  return <ComboField label="Model, with suggestions" value={model} onChange={setModel} suggest={suggest} />;
}
