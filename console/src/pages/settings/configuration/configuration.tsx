// Every value that is in force, where it was set, and what it would be otherwise.
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useRef } from "react";
import { curlFor } from "../../../api/curl.ts";
import { explainError } from "../../../api/explain-error.ts";
import { Empty } from "../../../components/frame/empty.tsx";
import { CheckField } from "../../../components/inputs/choices/check-field.tsx";
import { CopyButton } from "../../../components/parts/copy-button.tsx";
import { type Column, DataTable } from "../../../components/tables/data-table.tsx";
import { useServices } from "../../../page/services.ts";
import { useShortcuts } from "../../../page/shortcuts.ts";
import { SettingDrawer } from "./setting-drawer.tsx";
import { matchesSetting, saySource, sayValue, type Setting } from "./say-setting.ts";

const route = getRouteApi("/settings");

export function Configuration() {
  const { api } = useServices();
  const { find = "", changed, open = null } = route.useSearch();
  const navigate = route.useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const asked = useQuery({ queryKey: ["config"], queryFn: ({ signal }) => api.client.config(undefined, { signal }) });
  const rows = useMemo(
    () =>
      (asked.data?.settings ?? []).filter(
        (setting) => matchesSetting(setting, find) && (changed === undefined || setting.source.kind !== "default"),
      ),
    [asked.data, find, changed],
  );
  const opened = asked.data?.settings.find(({ path }) => path === open);
  const show = (path: string | undefined, replace: boolean): void =>
    void navigate({ search: (old) => ({ ...old, open: path }), replace });
  useShortcuts({ "/": () => field.current?.focus() });
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-sheet px-4 py-2">
        <input
          ref={field}
          type="search"
          aria-label="Find a setting"
          placeholder="Find a setting"
          value={find}
          onChange={(event) =>
            void navigate({ search: (old) => ({ ...old, find: event.target.value || undefined }), replace: true })
          }
          className="min-h-7 w-full rounded-md border border-control bg-sheet px-2.5 placeholder:text-soft sm:w-72"
        />
        <CheckField
          label="Only what was set"
          value={changed === "yes"}
          onChange={(isOn) =>
            void navigate({
              search: (old) => ({ ...old, changed: isOn ? ("yes" as const) : undefined }),
              replace: true,
            })
          }
        />
        <p className="text-soft">
          {asked.data !== undefined && `${rows.length} of ${asked.data.settings.length}`}
          {asked.data !== undefined && (asked.data.file === null ? ", no config file" : `, ${asked.data.file}`)}
        </p>
        <span className="ml-auto">
          <CopyButton
            text={curlFor(api.origin, "/config")}
            label="the curl command for the configuration"
            word="curl"
          />
        </span>
      </div>
      <div className="flex min-h-0 flex-1">
        <DataTable
          label="Settings"
          rows={rows}
          rowKey={keyOf}
          columns={columns}
          openKey={open}
          onOpen={({ path }, { replace }) => show(path, replace)}
          fill
          loading={asked.isPending}
          problem={asked.isError ? explainError(asked.error) : null}
          empty={
            <Empty title="No setting has these words." code="npm start -- --help">
              Settings are found by their path, what they are for, and their value.
            </Empty>
          }
        />
        {opened !== undefined && <SettingDrawer setting={opened} onClose={() => show(undefined, false)} />}
      </div>
    </>
  );
}

const keyOf = ({ path }: Setting): string => path;

const columns: readonly Column<Setting>[] = [
  {
    id: "path",
    head: "Setting",
    width: "minmax(12rem, 1.4fr)",
    cell: ({ path }) => (
      <span className="block truncate font-mono text-fine" title={path}>
        {path}
      </span>
    ),
    sort: (a, b) => a.path.localeCompare(b.path),
  },
  {
    id: "value",
    head: "In force",
    width: "minmax(8rem, 1fr)",
    priority: 1,
    cell: (setting) => (
      <span
        className={`foreign line-clamp-1 ${setting.source.kind === "default" ? "" : "font-semibold"}`}
        title={sayValue(setting.value, setting.unit)}
      >
        {sayValue(setting.value, setting.unit)}
        {setting.waits_for_start && <span className="font-semibold text-warn"> another waits for a start</span>}
      </span>
    ),
  },
  {
    id: "source",
    head: "Set in",
    width: "minmax(8rem, 0.8fr)",
    priority: 2,
    cell: (setting) => (
      <span className="foreign line-clamp-1 text-soft" title={saySource(setting)}>
        {saySource(setting)}
      </span>
    ),
    sort: (a, b) => saySource(a).localeCompare(saySource(b)),
  },
  {
    id: "default",
    head: "By default",
    width: "minmax(6rem, 0.7fr)",
    priority: 3,
    cell: (setting) => (
      <span className="foreign line-clamp-1 text-soft">{sayValue(setting.default, setting.unit)}</span>
    ),
  },
  {
    id: "description",
    head: "What for",
    width: "minmax(10rem, 2fr)",
    priority: 3,
    cell: ({ description }) => (
      <span className="foreign line-clamp-1 text-soft" title={description}>
        {description}
      </span>
    ),
  },
];
