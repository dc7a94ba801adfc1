// Where an entry stands in the tree, and how to have its proof elsewhere.
import { Link } from "@tanstack/react-router";
import type { AuditEntryView } from "../../../../../src/audit/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { CodeBlock } from "../../../components/parts/code-block.tsx";
import { Field, FieldList } from "../../../components/parts/field-list.tsx";
import { Section } from "../../../components/parts/section.tsx";
import { formatCount } from "../../../format/figures.ts";
import { useServices } from "../../../page/services.ts";
import { useAddress } from "../address.ts";
import type { ReadCall } from "./read-call-leaf.ts";

export function PlaceInTree({ entry, call }: { entry: AuditEntryView; call: ReadCall | null }) {
  const { api } = useServices();
  const { search } = useAddress();
  const { id, index, tree } = entry;
  const shownId = call?.view.id ?? id;
  return (
    <Section title="Its place in the tree">
      <div className="grid gap-3">
        <FieldList>
          <Field name="Place">{index === null ? "comes in a moment" : `${formatCount(index)}, from 0`}</Field>
          <Field name="Tree">{tree === null ? null : `number ${tree}`}</Field>
          {call !== null && (
            <Field name="Batch">
              {`call ${formatCount(call.number + 1)} of ${formatCount(call.count)} in `}
              <Link to="/audit" search={{ ...search, open: id }} className="text-pen underline underline-offset-2">
                its entry
              </Link>
            </Field>
          )}
        </FieldList>
        <CodeBlock
          title="The proof, for an outsider"
          code={
            call === null
              ? `binnacle audit proof ${shownId}`
              : `binnacle audit export call.ndjson --call ${shownId}\nbinnacle audit verify call.ndjson`
          }
        />
        <CodeBlock title="By API" code={curlFor(api.origin, `/audit/entries/${shownId}/proof`)} />
      </div>
    </Section>
  );
}
