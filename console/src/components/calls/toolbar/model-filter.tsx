// Narrows the list to one model, by the name that callers use. Offers the names that are on the list.
import { type Ref, useEffect, useId, useState } from "react";

interface ModelFilterProps {
  value: string;
  /** Names to offer. */
  seen: readonly string[];
  onChange: (model: string) => void;
  ref: Ref<HTMLInputElement>;
}

const restMs = 400;

export function ModelFilter({ value, seen, onChange, ref }: ModelFilterProps) {
  const [text, setText] = useState(value);
  const listId = useId();
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === value) return;
    const timer = setTimeout(() => onChange(wanted), restMs);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <>
      <input
        ref={ref}
        type="search"
        aria-label="Model, as callers name it"
        placeholder="Model, as called"
        title="/"
        list={listId}
        value={text}
        spellCheck={false}
        autoComplete="off"
        maxLength={200}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && onChange(text.trim())}
        className="min-h-8 w-full min-w-0 rounded-md border border-control bg-sheet px-2.5 placeholder:text-soft md:min-h-7 md:w-52"
      />
      <datalist id={listId}>
        {seen.map((model) => (
          <option key={model} value={model} />
        ))}
      </datalist>
    </>
  );
}
