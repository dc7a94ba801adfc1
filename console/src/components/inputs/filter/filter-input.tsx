// The ledger's filter language, with what can be written next, and with the server's words where it cannot be read. What is typed
// counts from Enter on, or from a suggestion that makes it whole: half a filter would only be refused.
import { Autocomplete } from "@base-ui/react/autocomplete";
import { type RefObject, useEffect, useId, useMemo, useState } from "react";
import type { Problem } from "../../../api/explain-error.ts";
import { Words } from "../../parts/words.tsx";
import { completeFilter, type Completion, type ValuesOf } from "./complete-filter.ts";
import { Suggested } from "./suggested.tsx";

interface FilterInputProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
  valuesOf: ValuesOf;
  /** Why the server does not take it. */
  problem: Problem | null;
  placeholder?: string;
  ref: RefObject<HTMLInputElement | null>;
}

const charactersMost = 2000;

export function FilterInput({ label, value, onChange, valuesOf, problem, placeholder, ref }: FilterInputProps) {
  const id = useId();
  const [typed, setTyped] = useState(value);
  const [caret, setCaret] = useState(value.length);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => setTyped(value), [value]);
  const items = useMemo(
    () => (isOpen ? completeFilter(typed, Math.min(caret, typed.length), valuesOf) : []),
    [isOpen, typed, caret, valuesOf],
  );
  const apply = (text: string): void => {
    setOpen(false);
    if (text.trim() !== value) onChange(text.trim());
  };
  const take = (item: Completion): void => {
    setTyped(item.text);
    setCaret(item.caret);
    requestAnimationFrame(() => ref.current?.setSelectionRange(item.caret, item.caret));
    if (item.isWhole && item.caret === item.text.length) apply(item.text);
    else setOpen(true);
  };
  const isWrong = problem !== null;
  return (
    <div className="grid min-w-0 flex-1 gap-1">
      <Autocomplete.Root<Completion>
        items={items}
        mode="none"
        value={typed}
        onValueChange={(text, { reason }) => {
          const item = reason === "item-press" ? items.find((each) => each.text === text) : undefined;
          if (item) return take(item);
          setTyped(text);
          setCaret(ref.current?.selectionStart ?? text.length);
          if (text === "") apply("");
        }}
        itemToStringValue={(item) => item.text}
        open={isOpen}
        onOpenChange={(open, { reason }) => reason !== "item-press" && setOpen(open)}
        openOnInputClick
      >
        <Autocomplete.Input
          ref={ref}
          aria-label={label}
          aria-invalid={isWrong || undefined}
          aria-describedby={isWrong ? `${id}-problem` : undefined}
          placeholder={placeholder}
          maxLength={charactersMost}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          enterKeyHint="search"
          title="/"
          onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? typed.length)}
          onBlur={() => apply(typed)}
          onKeyDown={(event) => {
            const isPicking = event.currentTarget.getAttribute("aria-activedescendant") !== null && isOpen;
            if (event.key === "Enter" && !isPicking) {
              event.preventBaseUIHandler();
              apply(typed);
            } else if (event.key === "Escape" && !isOpen) {
              event.preventBaseUIHandler();
              event.stopPropagation();
              setTyped(value);
              event.currentTarget.blur();
            }
          }}
          className={`min-h-8 w-full min-w-0 rounded-md border bg-sheet px-2.5 font-mono text-fine placeholder:font-sans placeholder:text-body placeholder:text-soft md:min-h-7 ${isWrong ? "border-fail ring-1 ring-fail" : "border-control"}`}
        />
        <Suggested />
      </Autocomplete.Root>
      {problem !== null && (
        <p id={`${id}-problem`} role="alert" className="text-fail">
          <span className="font-semibold">
            <Words text={problem.message} />
          </span>{" "}
          <span className="text-ink">
            <Words text={problem.fix} />
          </span>
        </p>
      )}
    </div>
  );
}
