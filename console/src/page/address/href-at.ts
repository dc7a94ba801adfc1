// The address of a place as a link carries it: with the `#` behind which this page's addresses stand. What the router calls a
// public address has none, and a link to it would leave the page.

interface Router {
  history: { createHref(href: string): string };
}

/** `hrefAt(router, router.buildLocation(…))`, with the router of `useRouter()`. */
export function hrefAt(router: Router, { publicHref }: { publicHref: string }): string {
  return router.history.createHref(publicHref);
}
