// The page of a list of records: the filter and the time above it, how fresh it is, the command that fetches it, and its rows.
import type { ReactNode } from "react";
import { curlFor } from "../../api/curl.ts";
import { useServices } from "../../page/services.ts";
import { Live } from "../figures/live.tsx";
import { Page } from "../frame/page.tsx";
import type { ValuesOf } from "../inputs/filter/complete-filter.ts";
import { CopyButton } from "../parts/copy-button.tsx";
import { type Column, DataTable } from "../tables/data-table.tsx";
import { ListControls } from "./list-controls.tsx";
import { boundsOf, type ListSearch } from "./list-search.ts";
import type { RecordList } from "./use-record-list.ts";

interface RecordPageProps<Row> {
  title: string;
  list: RecordList<Row>;
  rowKey: (row: Row) => string;
  columns: readonly Column<Row>[];
  hrefOf: (row: Row) => string;
  search: ListSearch;
  onSearch: (search: ListSearch) => void;
  /** An example of a filter for this list. */
  example: string;
  valuesOf: ValuesOf;
  /** Where the API has the list, and what its question has besides the filter and the time. */
  path: string;
  question?: Record<string, string | undefined>;
  /** Beside the filter. */
  controls?: ReactNode;
  empty: ReactNode;
}

export function RecordPage<Row>(props: RecordPageProps<Row>) {
  const { title, list, search } = props;
  const { api } = useServices();
  return (
    <Page
      title={title}
      fill
      actions={
        <>
          <Live
            updatedAtMs={list.updatedAtMs || null}
            connected={list.table.problem === null && list.filterProblem === null}
          />
          <CopyButton
            text={curlFor(api.origin, props.path, { ...boundsOf(search, Date.now()), ...props.question })}
            label="the curl command for this list"
            word="curl"
          />
        </>
      }
      toolbar={
        <ListControls
          search={search}
          onChange={props.onSearch}
          example={props.example}
          problem={list.filterProblem}
          valuesOf={props.valuesOf}
        >
          {props.controls}
        </ListControls>
      }
    >
      <DataTable
        label={title}
        fill
        {...list.table}
        rowKey={props.rowKey}
        columns={props.columns}
        hrefOf={props.hrefOf}
        empty={props.empty}
      />
    </Page>
  );
}
