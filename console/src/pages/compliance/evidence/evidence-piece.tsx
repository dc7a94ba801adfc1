// One piece of evidence: what was expected, what was found, the facts, and how to have them again.
import type { Evidence } from "../../../../../src/compliance/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { CopyButton } from "../../../components/parts/copy-button.tsx";
import { Field, FieldList } from "../../../components/parts/field-list.tsx";
import { Section } from "../../../components/parts/section.tsx";
import { useServices } from "../../../page/services.ts";
import { FindingWord } from "../reports/findings.tsx";
import { EvidenceTable } from "./evidence-table.tsx";
import { sayCell } from "./say-cell.ts";

export function EvidencePiece({ piece }: { piece: Evidence }) {
  const { api } = useServices();
  const { title, expects, finding, says, facts, tables, links, query } = piece;
  return (
    <Section
      title={title}
      aside={
        <span className="flex items-center gap-2">
          <FindingWord finding={finding} />
          <CopyButton text={curlOf(api.origin, query)} label={`the curl command for ${title}`} word="curl" />
        </span>
      }
    >
      <div className="grid gap-3">
        <div className="grid gap-1">
          <p className="foreign text-read">{says}</p>
          <p className="text-fine text-soft">Expected: {expects}</p>
        </div>
        {facts.length > 0 && (
          <FieldList>
            {facts.map(({ name, value }) => (
              <Field key={name} name={name}>
                {sayCell(value)}
              </Field>
            ))}
          </FieldList>
        )}
        {tables.map((table) => (
          <EvidenceTable key={table.title} table={table} />
        ))}
        {links.length > 0 && (
          <p className="flex flex-wrap items-center gap-x-2 text-fine text-soft">
            The whole of it, by curl:
            {links.map(({ title: name, path }) => (
              <CopyButton
                key={path}
                text={curlOf(api.origin, `GET ${path}`)}
                label={`the curl command for ${name}`}
                word={name}
              />
            ))}
          </p>
        )}
      </div>
    </Section>
  );
}

/** `GET /api/v1/…` as the report writes it. */
function curlOf(origin: string, query: string): string {
  const path = query.replace(/^GET \/api\/v1/, "");
  const [name = "", search = ""] = path.split("?");
  return curlFor(origin, name, Object.fromEntries(new URLSearchParams(search)));
}
