// The report to take along: as a page, as data, as a command.
import { curlFor } from "../../../api/curl.ts";
import { CopyButton } from "../../../components/parts/copy-button.tsx";
import { useServices } from "../../../page/services.ts";
import { useAddress } from "../address.ts";
import { useReport } from "./use-report.ts";

const look = "inline-flex min-h-7 items-center rounded-md bg-shoal px-2.5 hover:bg-tide";

export function ReportActions({ framework }: { framework: string }) {
  const { api } = useServices();
  const { search } = useAddress();
  const { data } = useReport(framework);
  if (data === undefined || search.from === undefined || search.to === undefined) return null;
  const asked = { since_ms: search.from, until_ms: search.to };
  const path = `/compliance/reports/${encodeURIComponent(framework)}`;
  const page = `${api.origin}/api/v1${path}?since_ms=${asked.since_ms}&until_ms=${asked.until_ms}&format=html`;
  const name = `${framework}-${new Date(search.to).toISOString().slice(0, 10)}.json`;
  const save = (): void => saveText(name, JSON.stringify(data, null, 2));
  return (
    <>
      <CopyButton text={curlFor(api.origin, path, asked)} label="the curl command for this report" word="curl" />
      <a href={page} target="_blank" rel="noreferrer" className={look}>
        HTML, to print
      </a>
      <button type="button" onClick={save} className={look}>
        JSON
      </button>
    </>
  );
}

/** What is on the page already is saved as it is, so that its SHA-256 stays the one on the trail. */
function saveText(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
