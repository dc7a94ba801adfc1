// Takes what is listed along: as a command that lists it, or as a file of all of it.
import { curlFor } from "../../../api/curl.ts";
import { Menu } from "../../../components/overlays/menu.tsx";
import { toast } from "../../../components/overlays/show-toast.ts";
import { copyText } from "../../../page/copy-text.ts";
import { useMay, useServices } from "../../../page/services.ts";
import { type CallFilter, filterQuery } from "../feed/call-filter.ts";
import { exportQuery } from "../feed/export-query.ts";

const formats = [
  { format: "csv", label: "CSV" },
  { format: "parquet", label: "Parquet" },
  { format: "ndjson", label: "NDJSON, with bodies" },
] as const;

export function Taking({ filter }: { filter: CallFilter }) {
  const { api } = useServices();
  const mayExport = useMay("export_records");
  const copy = async (command: string): Promise<void> => {
    const done = await copyText(command);
    toast(done ? { text: "Copied." } : { text: "The browser does not let this page copy.", tone: "fail" });
  };
  const files = formats.map(({ format, label }) => ({
    label: `Download as ${label}`,
    disabled: !mayExport,
    onSelect: () => location.assign(fileAddress(exportQuery(filter, format, Date.now()))),
  }));
  return (
    <Menu
      label="Export these calls"
      items={[
        ...files,
        {
          label: "Copy the export as curl",
          isApart: true,
          disabled: !mayExport,
          onSelect: () => void copy(curlFor(api.origin, "/records/export", exportQuery(filter, "ndjson", Date.now()))),
        },
        {
          label: "Copy this list as curl",
          onSelect: () => void copy(curlFor(api.origin, "/calls", filterQuery(filter, Date.now()))),
        },
      ]}
    >
      Export
    </Menu>
  );
}

function fileAddress(query: Record<string, string | number>): string {
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  return `/api/v1/records/export?${search}`;
}
