// Parts of a page, each with an address of its own: links, so that they can be opened beside, sent and gone back from.
import { Link, type LinkProps, useLocation, useRouter } from "@tanstack/react-router";

export interface Tab {
  label: string;
  to: NonNullable<LinkProps["to"]>;
  params?: Record<string, string>;
  search?: Record<string, unknown>;
  count?: number | undefined;
}

export function Tabs({ label, items }: { label: string; items: readonly Tab[] }) {
  const here = useLocation();
  const router = useRouter();
  // What else the address carries, such as a filter, does not make it another tab: only what sets the tabs apart counts.
  const apart = [...new Set(items.flatMap(({ search = {} }) => Object.keys(search)))].filter(
    (key) => new Set(items.map(({ search }) => search?.[key] ?? null)).size > 1,
  );
  const nameOf = (search: Tab["search"]): string => JSON.stringify(apart.map((key) => search?.[key] ?? null));
  // The first part has no name in its own link; an address that was written by hand may name it.
  const named = nameOf(here.search);
  const current = items.some(({ search }) => nameOf(search) === named) ? named : nameOf({});
  const isCurrent = ({ to, params, search }: Tab): boolean =>
    router.buildLocation({ to, params } as LinkProps).pathname === here.pathname && nameOf(search) === current;
  return (
    <nav aria-label={label} className="-mb-px flex flex-wrap gap-x-4 sm:gap-x-5">
      {items.map((item) => {
        const { label: name, to, params, search, count } = item;
        return (
          <Link
            key={name}
            aria-current={isCurrent(item) ? "page" : undefined}
            to={to}
            // What a page's own tabs carry is the page's own affair; the router checks it on arrival.
            {...({ params, search } as object)}
            activeOptions={{ exact: true, includeSearch: search !== undefined }}
            className="inline-flex min-h-8 items-center gap-1 rounded-t-md border-b-2 border-transparent text-soft hover:text-ink aria-[current=page]:border-pen aria-[current=page]:text-ink"
          >
            {/* As wide as it is when it is chosen, so that its neighbours stay where they are. */}
            <span
              data-name={name}
              className="grid after:invisible after:h-0 after:overflow-hidden after:font-semibold after:content-[attr(data-name)]"
            >
              {name}
            </span>
            {/* With a space of its own: without it the two are heard as one word, "Alerts3". */}
            {count !== undefined && count > 0 && <span className="text-fine text-soft">&nbsp;{count}</span>}
          </Link>
        );
      })}
    </nav>
  );
}
