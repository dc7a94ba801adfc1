// A headed part of a record.
import { type ReactNode, useId } from "react";

export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-t border-line px-5 py-4">
      <div className="mb-2 flex items-baseline justify-between gap-3">
        <h3 id={id} className="text-read font-semibold">
          {title}
        </h3>
        {aside}
      </div>
      {children}
    </section>
  );
}
