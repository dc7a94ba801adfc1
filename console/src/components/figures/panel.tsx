// One bordered instrument of a page: its name, what can be done with it, and what it shows.
import { type ReactNode, useId } from "react";
import type { Problem } from "../../api/explain-error.ts";
import { CopyButton } from "../parts/copy-button.tsx";
import { Notice } from "../parts/notice.tsx";

interface PanelProps {
  title: string;
  /** Beside the name, quietly: a state, a count, a time. */
  note?: ReactNode;
  /** At the right end: what can be done with it. */
  aside?: ReactNode;
  /** The command that fetches what is shown. */
  curl?: string | undefined;
  /** Shown in place of the content. */
  problem?: Problem | null | undefined;
  /** Content up to the border: tables, lists. */
  flush?: boolean | undefined;
  className?: string;
  children: ReactNode;
}

export function Panel({ title, note, aside, curl, problem, flush, className = "", children }: PanelProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={`min-w-0 rounded-md border border-line bg-sheet ${className}`}>
      <PanelHead id={id} title={title} note={note} aside={aside} curl={curl} level="h2" className="px-4 pt-2.5" />
      <div className={flush === true ? "pt-2" : "px-4 pt-2 pb-3"}>
        {problem ? <Notice problem={problem} /> : children}
      </div>
    </section>
  );
}

interface PanelHeadProps extends Pick<PanelProps, "title" | "note" | "aside" | "curl" | "className"> {
  id: string;
  level: "h2" | "h3";
}

/** The head alone, for an instrument that stands inside another's border. */
export function PanelHead({ id, title, note, aside, curl, level: Heading, className = "" }: PanelHeadProps) {
  return (
    <div className={`flex min-h-7 flex-wrap items-center justify-between gap-x-3 ${className}`}>
      <div className="flex min-w-0 flex-1 basis-40 flex-wrap items-baseline gap-x-2">
        <Heading id={id} className={Heading === "h2" ? "text-read font-semibold" : "text-body font-semibold"}>
          {title}
        </Heading>
        {note !== undefined && note !== null && <span className="text-fine text-soft">{note}</span>}
      </div>
      <div className="-mr-1.5 ml-auto flex items-center">
        {curl !== undefined && <CopyButton text={curl} label={`the curl command for ${title}`} word="curl" />}
        {aside}
      </div>
    </div>
  );
}

/** The name by which charts know it. */
export const ChartFrame = Panel;
