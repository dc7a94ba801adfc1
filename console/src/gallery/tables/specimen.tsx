// One thing shown in the gallery, with its name.
import type { ReactNode } from "react";

export function Specimen({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className="grid min-w-0 gap-2">
      <h2 className="text-read font-semibold">{name}</h2>
      <div className="min-w-0 border border-line bg-sheet">{children}</div>
    </section>
  );
}
