// All pages that the reader may see, by group.
import { Link } from "@tanstack/react-router";
import { groups, groupTitles, type PageEntry } from "../routing/pages.ts";

interface NavListProps {
  pages: readonly PageEntry[];
  /** How much waits at a page, by its path. */
  waiting: Readonly<Record<string, number>>;
  onGo?: () => void;
}

export function NavList({ pages, waiting, onGo }: NavListProps) {
  return (
    <nav aria-label="Pages" className="grid gap-3 pb-3">
      {groups.map((group) => {
        const inside = pages.filter((page) => page.group === group);
        if (inside.length === 0) return null;
        return (
          <div key={group}>
            <h2 className="px-4 pb-0.5 text-fine text-soft">{groupTitles[group]}</h2>
            <ul>
              {inside.map((page) => (
                <li key={page.path}>
                  <NavLink page={page} waiting={waiting[page.path] ?? 0} onGo={onGo} />
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}

function NavLink({ page, waiting, onGo }: { page: PageEntry; waiting: number; onGo: (() => void) | undefined }) {
  return (
    <Link
      to={page.path}
      onClick={onGo}
      activeOptions={{ exact: page.path === "/", includeSearch: false }}
      title={page.letter === "" ? undefined : `g ${page.letter}`}
      className="flex min-h-7 items-center gap-2 border-l-2 border-transparent pr-3 pl-3.5 -outline-offset-2 hover:bg-shoal aria-[current=page]:border-pen aria-[current=page]:bg-tide aria-[current=page]:font-semibold"
    >
      <span className="truncate">{page.title}</span>
      {waiting > 0 && (
        <span className="ml-auto rounded-full bg-pen px-1.5 text-fine font-semibold text-on-pen">
          {waiting}
          <span className="visually-hidden"> waiting</span>
        </span>
      )}
    </Link>
  );
}
