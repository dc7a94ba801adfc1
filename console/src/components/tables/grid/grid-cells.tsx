// The cells of one row: side by side under their headings, or in two lines where there is no room for headings.
import type { ReactNode } from "react";
import { stackColumns } from "../columns/choose-columns.ts";
import type { Column } from "../columns/column.ts";

interface CellsProps<Row> {
  row: Row;
  columns: readonly Column<Row>[];
  isStacked: boolean;
  /** `cell` in a plain table, `gridcell` where the keyboard works in it. */
  role: "cell" | "gridcell";
  href: string | undefined;
  /** What stands before the first cell: the handle of a tree. */
  lead: ReactNode;
}

const clipped = "min-w-0 overflow-hidden text-ellipsis whitespace-nowrap";

export function GridCells<Row>(props: CellsProps<Row>) {
  if (props.isStacked) return <StackedCells {...props} />;
  const { row, columns, role } = props;
  return columns.map((column, index) => (
    <div
      key={column.id}
      role={role}
      className={`${index === 0 && props.lead !== null ? "flex items-center" : ""} ${clipped} ${column.align === "end" ? "text-right" : afterFigure(columns, index)}`}
    >
      {index === 0 ? <FirstCell {...props} column={column} /> : column.cell(row)}
    </div>
  ));
}

/** Words right after a figure keep clear of it. */
export function afterFigure<Row>(columns: readonly Column<Row>[], index: number): string {
  return columns[index - 1]?.align === "end" && columns[index]?.align !== "end" ? "pl-2" : "";
}

function StackedCells<Row>(props: CellsProps<Row>) {
  const { row, columns, role } = props;
  const { lead, figure, below } = stackColumns(columns);
  return (
    <div role="presentation" className="grid min-w-0 grid-cols-[minmax(0,1fr)_auto] content-center gap-x-3">
      {lead !== undefined && (
        <div role={role} className={props.lead === null ? clipped : `flex items-center ${clipped}`}>
          <FirstCell {...props} column={lead} />
        </div>
      )}
      {figure !== undefined && (
        <div role={role} className="text-right whitespace-nowrap">
          <Figure row={row} column={figure} />
        </div>
      )}
      {/* What finds no room on the line goes to the next, which is not seen: a part of a figure would be another figure. */}
      <div
        role="presentation"
        className="col-span-full flex h-4 flex-wrap gap-x-3 overflow-hidden text-fine whitespace-nowrap text-soft"
      >
        {below.map((column, index) => (
          <div
            key={column.id}
            role={role}
            className={`empty:hidden has-[>:only-child:empty]:hidden ${isShort(column) ? "" : `${index === below.length - 1 ? "grow basis-2/5" : "max-w-[60%] only:max-w-full"} ${clipped}`}`}
          >
            {column.align === "end" && <span>{column.head} </span>}
            {column.cell(row)}
            <Unit column={column} />
          </div>
        ))}
      </div>
    </div>
  );
}

/** What has a width of its own, such as a state or a time, is whole or says nothing; long words give way to it. */
function isShort<Row>({ width, align }: Column<Row>): boolean {
  return align === "end" || (width !== undefined && !width.includes("fr"));
}

/** A bare number says what it counts: there is no heading that does. */
function Figure<Row>({ row, column }: { row: Row; column: Column<Row> }) {
  const content = column.cell(row);
  const isBare = column.unit === undefined && typeof content === "string" && /^[\d,.–]+$/.test(content);
  return (
    <>
      {isBare && <span className="text-fine text-soft">{column.head} </span>}
      {content}
      <Unit column={column} />
    </>
  );
}

/** Money carries its sign wherever it stands. */
function Unit<Row>({ column: { unit } }: { column: Column<Row> }) {
  return unit === undefined || unit === "USD" ? null : <span className="text-soft"> {unit}</span>;
}

/** A true link where the row leads somewhere: for new tabs, and for whoever moves from link to link. */
function FirstCell<Row>({ row, column, href, lead }: CellsProps<Row> & { column: Column<Row> }) {
  const content = column.cell(row);
  const text =
    href === undefined ? (
      content
    ) : (
      <a href={href} tabIndex={-1}>
        {content}
      </a>
    );
  if (lead === null) return text;
  return (
    <>
      {lead}
      <span className={clipped}>{text}</span>
    </>
  );
}
