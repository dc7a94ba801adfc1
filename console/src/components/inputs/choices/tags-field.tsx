// Several short words: each is added by Enter or a comma, and taken away by its own button or by Backspace.
import { type KeyboardEvent, useRef, useState } from "react";
import { boxLook, fieldAttributes, type FieldFaces, FieldFrame, useField } from "../field-frame.tsx";

type TagsFieldProps = FieldFaces & {
  value: readonly string[];
  onChange: (value: readonly string[]) => void;
  placeholder?: string;
  /** The most that may be added; 50 unless told. */
  max?: number;
};

export function TagsField(props: TagsFieldProps) {
  const { value, onChange, placeholder, max = 50 } = props;
  const field = useField(props);
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const add = (text: string): void => {
    const next = addTags(value, text).slice(0, max);
    if (next.length !== value.length) onChange(next);
    setTyped("");
  };
  const remove = (tag: string): void => {
    onChange(value.filter((each) => each !== tag));
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if ((event.key === "Enter" && typed.trim() !== "") || event.key === ",") {
      event.preventDefault();
      add(typed);
    } else if (event.key === "Backspace" && typed === "" && value.length > 0) onChange(value.slice(0, -1));
  };
  return (
    <FieldFrame faces={props} field={field}>
      <div
        className={`${boxLook} flex flex-wrap items-center gap-1 py-0.5 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-offset-2 has-[input:focus-visible]:outline-pen`}
      >
        {value.map((tag) => (
          <span key={tag} className="inline-flex max-w-full items-center rounded-md bg-shoal pl-2">
            <bdi className="overflow-hidden text-ellipsis whitespace-nowrap">{tag}</bdi>
            <button
              type="button"
              aria-label={`Remove ${tag}`}
              onClick={() => remove(tag)}
              className="grid size-6 shrink-0 place-content-center rounded-md text-soft hover:bg-tide hover:text-ink"
            >
              <svg viewBox="0 0 12 12" width="8" height="8" aria-hidden="true">
                <path d="m1 1 10 10m0-10-10 10" stroke="currentColor" strokeWidth="1.8" />
              </svg>
            </button>
          </span>
        ))}
        <input
          {...fieldAttributes(props, field)}
          required={props.required === true && value.length === 0}
          ref={input}
          value={typed}
          placeholder={value.length === 0 ? placeholder : undefined}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={() => add(typed)}
          className="min-h-6 min-w-24 flex-1 bg-transparent outline-none placeholder:text-soft"
        />
      </div>
    </FieldFrame>
  );
}

/** What is pasted may hold several, with commas or line breaks between them; none is added twice. */
export function addTags(tags: readonly string[], text: string): readonly string[] {
  const added = text
    .split(/[,\n]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "");
  return [...new Set([...tags, ...added])];
}
