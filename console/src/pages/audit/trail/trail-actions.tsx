// What can be taken along from the list: an export that proves what is in it, other formats, and the commands for the same.
import { Live } from "../../../components/figures/live.tsx";
import { Menu } from "../../../components/overlays/menu.tsx";
import { CopyButton } from "../../../components/parts/copy-button.tsx";
import { curlFor } from "../../../api/curl.ts";
import { useServices } from "../../../page/services.ts";
import { filterOf, useAddress } from "../address.ts";
import { useTrail } from "./use-trail.ts";

const formats = [
  { format: "ndjson", label: "NDJSON, with proofs" },
  { format: "csv", label: "CSV" },
  { format: "ocsf", label: "OCSF" },
  { format: "cef", label: "CEF" },
] as const;

export function TrailActions() {
  const { api } = useServices();
  const { search } = useAddress();
  const trail = useTrail();
  const filter = filterOf(search, Date.now());
  const download = (format: string): void => {
    const query = new URLSearchParams(
      Object.entries({ ...filter, format }).map(([name, value]) => [name, String(value)]),
    );
    location.assign(`${api.origin}/api/v1/audit/export?${query}`);
  };
  return (
    <>
      <Live updatedAtMs={trail.updatedAtMs || null} connected={trail.table.problem === null} />
      <CopyButton
        text={curlFor(api.origin, "/audit/entries", filter)}
        label="the curl command for this list"
        word="curl"
      />
      <CopyButton
        text={`${curlFor(api.origin, "/audit/export", filter)} -o trail.ndjson && binnacle audit verify trail.ndjson`}
        label="export by curl: the command that also verifies what it exported, without the server"
        word="export by curl"
      />
      <Menu
        label="Export these entries"
        items={formats.map(({ format, label }) => ({ label, onSelect: () => download(format) }))}
      >
        Export
      </Menu>
    </>
  );
}
