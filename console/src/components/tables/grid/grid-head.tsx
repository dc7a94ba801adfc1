// The headings of the columns, with their units; those that can be sorted by are buttons.
import { type Column, isSortable, type Sort, sortName } from "../columns/column.ts";
import { nextSort } from "../columns/sort-rows.ts";
import { afterFigure } from "./grid-cells.tsx";

interface GridHeadProps<Row> {
  columns: readonly Column<Row>[];
  template: string;
  isStacked: boolean;
  /** Rows of two lines have no headings: without a choice to be made there, or rows to make it for, they are only read out. */
  isHidden: boolean;
  sort: Sort | null;
  onSort: ((sort: Sort) => void) | undefined;
  /** Undefined where rows cannot be selected. */
  share: "none" | "some" | "all" | undefined;
  onSelectAll: () => void;
  hasActions: boolean;
}

export function GridHead<Row>(props: GridHeadProps<Row>) {
  const { columns, template, sort, onSort, share, hasActions } = props;
  return (
    <div
      role="row"
      aria-rowindex={1}
      className={`grid h-7 items-center gap-x-3.5 border-b border-line bg-paper px-4 text-fine text-soft ${props.isHidden ? "visually-hidden" : ""}`}
      style={{ gridTemplateColumns: template }}
    >
      {share !== undefined && (
        <div role="columnheader" className="-ml-1 flex">
          <label className="grid size-6 place-content-center">
            <input
              type="checkbox"
              aria-label="Select all rows"
              checked={share === "all"}
              ref={(box) => {
                if (box !== null) box.indeterminate = share === "some";
              }}
              onChange={props.onSelectAll}
            />
          </label>
        </div>
      )}
      {props.isStacked ? (
        <StackedHead {...props} />
      ) : (
        columns.map((column, index) => (
          <Head key={column.id} column={column} sort={sort} onSort={onSort} space={afterFigure(columns, index)} />
        ))
      )}
      {hasActions && (
        <div role="columnheader">
          <span className="visually-hidden">Actions</span>
        </div>
      )}
    </div>
  );
}

/** Without headings to press, the order is chosen from a list. */
function StackedHead<Row>({ columns, sort, onSort }: GridHeadProps<Row>) {
  const sortable = onSort === undefined ? [] : columns.filter(isSortable);
  const chosen = sortable.find((column) => sortName(column) === sort?.by);
  return (
    <div role="presentation" className="flex min-w-0 items-center justify-end gap-1">
      {columns.map((column) => (
        <div key={column.id} role="columnheader" className="visually-hidden">
          <HeadWords column={column} />
        </div>
      ))}
      {sortable.length > 0 && (
        <div role="columnheader" className="flex min-w-0 items-center">
          <select
            aria-label="Sorted by"
            value={chosen?.id ?? ""}
            onChange={(event) => {
              const column = sortable.find(({ id }) => id === event.target.value);
              if (column !== undefined) onSort?.(nextSort(column, null));
            }}
            className="min-h-6 min-w-0 bg-transparent"
          >
            {chosen === undefined && <option value="">As it came</option>}
            {sortable.map((column) => (
              <option key={column.id} value={column.id}>
                {column.head}
              </option>
            ))}
          </select>
          {chosen !== undefined && sort !== null && (
            <button
              type="button"
              aria-label={sort.descending ? "Falling; turn round" : "Rising; turn round"}
              onClick={() => onSort?.(nextSort(chosen, sort))}
              className="grid size-6 place-content-center rounded-md hover:text-ink focus-visible:-outline-offset-2"
            >
              {sort.descending ? "↓" : "↑"}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

interface HeadProps<Row> {
  column: Column<Row>;
  sort: Sort | null;
  onSort: ((sort: Sort) => void) | undefined;
  space: string;
}

function Head<Row>({ column, sort, onSort, space }: HeadProps<Row>) {
  const isEnd = column.align === "end";
  const isSorted = sort !== null && sort.by === sortName(column);
  const canSort = onSort !== undefined && isSortable(column);
  return (
    <div
      role="columnheader"
      aria-sort={isSorted ? (sort.descending ? "descending" : "ascending") : canSort ? "none" : undefined}
      className={`min-w-0 overflow-hidden text-ellipsis whitespace-nowrap ${isEnd ? "text-right" : space}`}
    >
      {canSort ? (
        <button
          type="button"
          onClick={() => onSort(nextSort(column, sort))}
          className={`inline-flex min-h-6 max-w-full items-center gap-1 rounded-md hover:text-ink focus-visible:-outline-offset-2 ${isSorted ? "font-semibold text-ink" : ""} ${isEnd ? "flex-row-reverse" : ""}`}
        >
          <span className="overflow-hidden text-ellipsis">
            <HeadWords column={column} />
          </span>
          <span aria-hidden="true" className="w-2">
            {isSorted ? (sort.descending ? "↓" : "↑") : ""}
          </span>
        </button>
      ) : column.scale !== undefined ? (
        <>
          <span className="visually-hidden">
            <HeadWords column={column} />
          </span>
          {column.scale}
        </>
      ) : (
        <HeadWords column={column} />
      )}
    </div>
  );
}

function HeadWords<Row>({ column }: { column: Column<Row> }) {
  return column.unit === undefined ? column.head : `${column.head}, ${column.unit}`;
}
