// Whether a request comes from a page of our own, as far as browsers tell: Fetch Metadata where there is some, else the origin.
import { governanceErrors } from "../../../governance/index.ts";
import { originOf, type Site } from "./cookies.ts";

/** Throws `governance.cross_site`. What is no browser says neither, and brings no cookies that it did not choose to. */
export function requireSameOrigin(request: Request, site: Site): void {
  const fetched = request.headers.get("sec-fetch-site");
  if (fetched !== null && fetched !== "same-origin" && fetched !== "none") throw governanceErrors.cross_site({});
  const origin = request.headers.get("origin");
  if (origin !== null && !isOwn(origin, request, site)) throw governanceErrors.cross_site({});
}

/** Without a public_url the scheme is not compared: a proxy may have taken TLS off and not said so. */
function isOwn(origin: string, request: Request, site: Site): boolean {
  if (site.identity.publicOrigin !== null) return origin === site.identity.publicOrigin;
  return URL.parse(origin)?.host === new URL(originOf(request, site)).host;
}
