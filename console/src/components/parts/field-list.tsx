// Names and values, aligned: the body of most sections of a record.
import { Fragment, type ReactNode } from "react";

export function FieldList({ children }: { children: ReactNode }) {
  return (
    <dl className="grid grid-cols-[6.75rem_minmax(0,1fr)] sm:grid-cols-[8.5rem_minmax(0,1fr)] gap-x-3 gap-y-1">
      {children}
    </dl>
  );
}

/** Nothing is drawn for a value that is not there. */
export function Field({ name, children }: { name: string; children: ReactNode }) {
  if (children === null || children === undefined || children === "") return null;
  return (
    <>
      <dt className="foreign min-w-0 text-soft">
        <Breakable name={name} />
      </dt>
      <dd className="foreign min-w-0">{children}</dd>
    </>
  );
}

/** Names of programs, such as `telemetry.sdk.language`, have no spaces to go on to the next line at. */
function Breakable({ name }: { name: string }) {
  return name.split(/(?<=[._])/).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
