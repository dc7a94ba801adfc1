// Budgets and limits in a form: one line each, as many as are wanted.
import type { ReactNode } from "react";
import { MoneyField, NumberField } from "../../inputs/figures/figure-field.tsx";
import { SelectField } from "../../inputs/select-field.tsx";
import { Button } from "../../parts/button.tsx";
import { type BudgetDraft, type CapsDraft, type LimitDraft, newBudget, newLimit } from "./draft.ts";

interface CapsFieldsProps {
  value: CapsDraft;
  onChange: (value: CapsDraft) => void;
}

export function CapsFields({ value, onChange }: CapsFieldsProps) {
  const { budgets, limits } = value;
  return (
    <>
      <CapsGroup
        legend="Budgets"
        add="Add a budget"
        none="None of its own."
        onAdd={() => onChange({ ...value, budgets: [...budgets, newBudget] })}
      >
        {budgets.map((budget, index) => (
          <BudgetFields
            // Lines have no names; what is typed in each stands in `value`.
            key={index}
            index={index}
            value={budget}
            onChange={(next) => onChange({ ...value, budgets: budgets.with(index, next) })}
            onRemove={() => onChange({ ...value, budgets: budgets.toSpliced(index, 1) })}
          />
        ))}
      </CapsGroup>
      <CapsGroup
        legend="Limits"
        add="Add a limit"
        none="None of its own."
        onAdd={() => onChange({ ...value, limits: [...limits, newLimit] })}
      >
        {limits.map((limit, index) => (
          <LimitFields
            key={index}
            index={index}
            value={limit}
            onChange={(next) => onChange({ ...value, limits: limits.with(index, next) })}
            onRemove={() => onChange({ ...value, limits: limits.toSpliced(index, 1) })}
          />
        ))}
      </CapsGroup>
    </>
  );
}

interface CapsGroupProps {
  legend: string;
  add: string;
  none: string;
  onAdd: () => void;
  children: readonly ReactNode[];
}

function CapsGroup({ legend, add, none, onAdd, children }: CapsGroupProps) {
  return (
    <fieldset className="grid gap-2 border-t border-line pt-3">
      <legend className="visually-hidden">{legend}</legend>
      <div className="flex items-center justify-between gap-3">
        <span aria-hidden="true" className="font-semibold">
          {legend}
          {children.length === 0 && <span className="font-normal text-soft"> {none}</span>}
        </span>
        <Button onClick={onAdd}>{add}</Button>
      </div>
      {children}
    </fieldset>
  );
}

interface LineProps<Draft> {
  index: number;
  value: Draft;
  onChange: (value: Draft) => void;
  onRemove: () => void;
}

const line = "grid grid-cols-2 items-start gap-2 sm:grid-cols-[repeat(4,minmax(0,1fr))_auto]";

function BudgetFields({ index, value, onChange, onRemove }: LineProps<BudgetDraft>) {
  return (
    <div role="group" aria-label={`Budget ${index + 1}`} className={line}>
      <MoneyField
        label="At most"
        name={`budgets.${index}.usd`}
        value={value.usdMicros}
        onChange={(usdMicros) => onChange({ ...value, usdMicros })}
        required
      />
      <SelectField
        label="In"
        name={`budgets.${index}.every`}
        value={value.every}
        onChange={(every) => onChange({ ...value, every })}
        options={[
          { value: "day", label: "a day" },
          { value: "week", label: "a week" },
          { value: "month", label: "a month" },
          { value: "ever", label: "all time" },
        ]}
      />
      <MoneyField
        label="Warn from"
        name={`budgets.${index}.soft_usd`}
        value={value.softMicros}
        onChange={(softMicros) => onChange({ ...value, softMicros })}
      />
      <SelectField
        label="When short"
        name={`budgets.${index}.when_short`}
        value={value.whenShort}
        onChange={(whenShort) => onChange({ ...value, whenShort })}
        options={[
          { value: "refuse", label: "refuse the call" },
          { value: "lower_max_tokens", label: "shorten the answer" },
          { value: "cheaper_target", label: "ask a cheaper target" },
        ]}
      />
      <Remove label={`Remove budget ${index + 1}`} onClick={onRemove} />
    </div>
  );
}

function LimitFields({ index, value, onChange, onRemove }: LineProps<LimitDraft>) {
  const isInFlight = value.unit === "calls_in_flight";
  return (
    <div role="group" aria-label={`Limit ${index + 1}`} className={line}>
      <SelectField
        label="Of"
        value={value.unit}
        onChange={(unit) => onChange({ ...value, unit })}
        options={[
          { value: "requests", label: "requests" },
          { value: "tokens", label: "tokens" },
          { value: "calls_in_flight", label: "calls in flight" },
        ]}
      />
      <NumberField
        label="At most"
        name={`limits.${index}.${value.unit}`}
        isWhole
        min={isInFlight ? 1 : 0}
        value={value.amount}
        onChange={(amount) => onChange({ ...value, amount })}
        required
      />
      <SelectField
        label="In any"
        disabled={isInFlight}
        value={value.every}
        onChange={(every) => onChange({ ...value, every })}
        options={[
          { value: "minute", label: "minute" },
          { value: "hour", label: "hour" },
          { value: "day", label: "day" },
        ]}
      />
      <NumberField
        label="At once"
        name={`limits.${index}.burst`}
        isWhole
        min={1}
        disabled={value.unit !== "requests"}
        value={value.burst}
        onChange={(burst) => onChange({ ...value, burst })}
      />
      <Remove label={`Remove limit ${index + 1}`} onClick={onRemove} />
    </div>
  );
}

function Remove({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className="grid size-8 place-content-center justify-self-end rounded-md text-soft hover:bg-tide hover:text-ink sm:mt-6"
    >
      <svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true">
        <path d="m1 1 10 10m0-10-10 10" stroke="currentColor" strokeWidth="1.6" />
      </svg>
    </button>
  );
}
