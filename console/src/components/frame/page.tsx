// The frame of every page: its title, what can be done on it, its tabs, and its body. The title is the document's too. Whoever comes
// from another page stands at its title then, and so hears it.
import { useRouter } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";

interface PageProps {
  title: string;
  /** Beside the title: what the page is there for. */
  actions?: ReactNode;
  /** Under the title: `Tabs`. */
  tabs?: ReactNode;
  /** Under that: what the view is set to. */
  toolbar?: ReactNode;
  /** The body fills the window and scrolls by itself: for lists. */
  fill?: boolean;
  children: ReactNode;
}

export function Page({ title, actions, tabs, toolbar, fill = false, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} – Binnacle`;
  }, [title]);
  const heading = useRef<HTMLHeadingElement>(null);
  const router = useRouter();
  useEffect(() => {
    const { resolvedLocation: from, location } = router.state;
    const isArrival = from !== undefined && from.pathname !== location.pathname;
    // What the page itself has put the focus on is better than its title.
    const isInside = heading.current?.closest("main")?.contains(document.activeElement) === true;
    if (isArrival && !isInside) heading.current?.focus({ preventScroll: true });
  }, [router]);
  return (
    <main id="page" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
      <div className="border-b border-line bg-sheet px-4">
        <div className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-2 py-1.5">
          <h1 ref={heading} tabIndex={-1} className="text-title font-semibold outline-none">
            {title}
          </h1>
          {actions !== undefined && <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div>}
        </div>
        {tabs}
        {toolbar !== undefined && (
          <div
            className={`flex flex-wrap items-center gap-2 pb-2 ${tabs === undefined ? "" : "-mx-4 border-t border-line px-4 pt-2"}`}
          >
            {toolbar}
          </div>
        )}
      </div>
      {fill ? (
        <div className="flex min-h-0 flex-1 flex-col">{children}</div>
      ) : (
        <div className="min-h-0 flex-1 overflow-y-auto">
          <div className="grid gap-4 p-4">{children}</div>
        </div>
      )}
    </main>
  );
}
