// The list below a filter: what can be written next, and what it would mean.
import { Autocomplete } from "@base-ui/react/autocomplete";
import type { Completion } from "./complete-filter.ts";

export function Suggested() {
  return (
    <Autocomplete.Portal>
      <Autocomplete.Positioner sideOffset={4} align="start" className="z-50 outline-none">
        <Autocomplete.Popup
          data-over-page=""
          className="max-h-[min(22rem,var(--available-height))] w-(--anchor-width) max-w-[min(44rem,var(--available-width))] min-w-72 overflow-y-auto rounded-md bg-sheet py-1 text-body text-ink shadow-sheet"
        >
          <Autocomplete.Empty className="px-3 py-1 text-soft empty:hidden">
            Nothing to suggest here. Enter looks for what is written.
          </Autocomplete.Empty>
          <Autocomplete.List>
            {(item: Completion) => (
              <Autocomplete.Item
                key={item.label}
                value={item}
                className="flex min-h-7 cursor-pointer items-center gap-3 px-3 data-highlighted:bg-tide"
              >
                <bdi className="max-w-[60%] shrink-0 overflow-hidden font-mono text-fine text-ellipsis whitespace-nowrap">
                  {item.label}
                </bdi>
                <span className="min-w-0 flex-1 overflow-hidden text-fine text-ellipsis whitespace-nowrap text-soft">
                  {item.note}
                </span>
              </Autocomplete.Item>
            )}
          </Autocomplete.List>
        </Autocomplete.Popup>
      </Autocomplete.Positioner>
    </Autocomplete.Portal>
  );
}
