// GET /api/v1/compliance/reports/{framework}?format=html: the report that the contract's route answers, as a page. Who may have it,
// and that it was made, is decided and told there.
import { renderReport } from "../../../compliance/index.ts";
import { reportSchema } from "../../../compliance/contract.ts";
import type { Sources } from "../sources.ts";

export interface ReportPageDeps extends Pick<Sources, "sameAs"> {
  controlPlane(request: Request): Promise<Response | undefined>;
}

/** Nothing of a report is run or fetched, whatever names are in it. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-same-origin allow-popups allow-top-navigation-by-user-activation";

export function asksForPage(request: Request): boolean {
  const { pathname, searchParams } = new URL(request.url);
  const formats = searchParams.getAll("format");
  return pathname.startsWith("/api/v1/compliance/reports/") && formats.length === 1 && formats[0] === "html";
}

export async function serveReportPage(request: Request, deps: ReportPageDeps): Promise<Response | undefined> {
  const url = new URL(request.url);
  const { origin } = url;
  url.searchParams.set("format", "json");
  const asked = new Request(url, { headers: request.headers, signal: request.signal });
  deps.sameAs(asked, request);
  const answer = await deps.controlPlane(asked);
  if (!answer?.ok) return answer;
  const report = reportSchema.parse(await answer.json());
  const name = `${report.framework.id}-${new Date(report.until_ms).toISOString().slice(0, 10)}.html`;
  return new Response(renderReport(report, origin), {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-disposition": `inline; filename="${name}"`,
      "content-security-policy": CONTENT_SECURITY_POLICY,
      "cache-control": "no-store",
    },
  });
}
