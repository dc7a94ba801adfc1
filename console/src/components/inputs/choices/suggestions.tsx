// The field of ComboField with its list: in a chunk of its own, since Base UI's part of it is heavy.
import { Autocomplete } from "@base-ui/react/autocomplete";
import { useEffect, useState } from "react";
import { boxLook, fieldAttributes, type FieldIds } from "../field-frame.tsx";
import type { ComboFieldProps, Suggestion } from "./combo-faces.ts";

const pauseMs = 120;

export function Suggestions({ faces, field }: { faces: ComboFieldProps; field: FieldIds }) {
  const { value, onChange, suggest, placeholder } = faces;
  const [open, setOpen] = useState(false);
  const { items, asking } = useSuggestions(value, open, suggest);
  return (
    <Autocomplete.Root<Suggestion>
      items={items}
      mode="none"
      value={value}
      onValueChange={onChange}
      itemToStringValue={(item) => item.value}
      open={open}
      onOpenChange={setOpen}
      openOnInputClick
    >
      <Autocomplete.Input
        {...fieldAttributes(faces, field)}
        // Base UI would empty the field: with nothing open, Escape belongs to what the field stands in.
        onKeyDown={(event) => event.key === "Escape" && !open && event.preventBaseUIHandler()}
        placeholder={placeholder}
        spellCheck={false}
        className={boxLook}
      />
      <Autocomplete.Portal>
        <Autocomplete.Positioner sideOffset={4} className="z-50 outline-none">
          <Autocomplete.Popup
            data-over-page=""
            className="max-h-[min(20rem,var(--available-height))] w-(--anchor-width) min-w-52 overflow-y-auto rounded-md bg-sheet py-1 text-body text-ink shadow-sheet"
          >
            <Autocomplete.Status className="px-3 text-fine text-soft empty:hidden">
              {asking && items.length === 0 ? "Looking." : ""}
            </Autocomplete.Status>
            <Autocomplete.Empty className="px-3 py-1 text-soft empty:hidden">
              {asking ? "" : "No suggestion. What you typed will do."}
            </Autocomplete.Empty>
            <Autocomplete.List>
              {(item: Suggestion) => (
                <Autocomplete.Item
                  key={item.value}
                  value={item}
                  className="flex min-h-7 cursor-pointer items-center gap-3 px-3 data-highlighted:bg-tide"
                >
                  <bdi className="min-w-0 flex-1 overflow-hidden text-ellipsis whitespace-nowrap">{item.value}</bdi>
                  {item.note !== undefined && <span className="text-fine text-soft">{item.note}</span>}
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}

function useSuggestions(typed: string, isOn: boolean, suggest: ComboFieldProps["suggest"]) {
  const [state, setState] = useState<{ items: readonly Suggestion[]; asking: boolean }>({ items: [], asking: false });
  useEffect(() => {
    if (!isOn) return;
    const stop = new AbortController();
    setState((before) => ({ ...before, asking: true }));
    const timer = setTimeout(() => {
      suggest(typed, stop.signal).then(
        (items) => stop.signal.aborted || setState({ items, asking: false }),
        // Without suggestions one can still type: not worth a message.
        () => stop.signal.aborted || setState({ items: [], asking: false }),
      );
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [typed, isOn, suggest]);
  return state;
}
