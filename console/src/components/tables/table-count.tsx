// How much of a list is shown, and the way to the rest of it.
import { formatCount } from "../../format/figures.ts";
import { Button } from "../parts/button.tsx";

interface Count {
  shown: number;
  /** How many there are, where that is known. */
  total?: number | undefined;
  /** Whether there are more than those shown. */
  more?: boolean | undefined;
}

/** `1–100 of more`, `1–20 of 1,204`, `All 7`. */
export function TableCount(count: Count) {
  return <span className="text-fine text-soft">{describeCount(count)}</span>;
}

/** At the end of a list that is whole. */
export function TableEnd({ shown }: { shown: number }) {
  return (
    <div className="flex min-h-11 items-center justify-center px-4 py-2">
      <TableCount shown={shown} />
    </div>
  );
}

export function describeCount({ shown, total, more = false }: Count): string {
  if (shown === 0) return "None";
  if (total !== undefined && total > shown) return `1–${formatCount(shown)} of ${formatCount(total)}`;
  return more ? `1–${formatCount(shown)} of more` : `All ${formatCount(shown)}`;
}

type PagerProps = Count & {
  isLoading: boolean;
  /** The page holds no more rows than these. */
  isFull?: boolean;
  onMore: () => void;
};

/** What stands at the end of a list: how many rows there are, and a button for more. */
export function Pager({ isLoading, isFull = false, onMore, ...count }: PagerProps) {
  return (
    <div className="flex min-h-11 flex-wrap items-center justify-center gap-x-4 gap-y-1 px-4 py-2 text-soft">
      <TableCount {...count} />
      {count.more === true && !isFull && (
        <Button disabled={isLoading} onClick={onMore}>
          {isLoading ? "Loading more" : "Load more"}
        </Button>
      )}
      {isFull && "This page holds no more rows than these. Narrow the list to go further."}
    </div>
  );
}
