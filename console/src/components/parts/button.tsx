// The one button. `primary` once a view, for what it is there for; `plain` for everything else; `bare` inside text;
// `danger` for what cannot be taken back.
import type { ComponentProps } from "react";

type Kind = "primary" | "plain" | "bare" | "danger";

const looks: Record<Kind, string> = {
  primary: "min-h-8 px-3.5 bg-pen text-on-pen font-semibold hover:opacity-90",
  danger: "min-h-8 px-3.5 bg-fail text-sheet font-semibold hover:opacity-90",
  plain: "min-h-7 px-2.5 bg-shoal text-ink hover:bg-tide",
  bare: "min-h-6 px-1 text-pen underline underline-offset-2 decoration-1 hover:decoration-2",
};

export function Button({ kind = "plain", className = "", ...rest }: ComponentProps<"button"> & { kind?: Kind }) {
  return (
    <button
      type="button"
      className={`inline-flex items-center justify-center gap-1.5 rounded-md whitespace-nowrap transition-colors disabled:opacity-55 ${looks[kind]} ${className}`}
      {...rest}
    />
  );
}
