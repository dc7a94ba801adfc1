// What of an entry is personal, and sealed with a key of the person: opened on request, since reading it is on the trail itself.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { explainError } from "../../../api/explain-error.ts";
import { StateWord } from "../../../components/figures/state-word.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { Field, FieldList } from "../../../components/parts/field-list.tsx";
import { Notice } from "../../../components/parts/notice.tsx";
import { Section } from "../../../components/parts/section.tsx";
import { useServices } from "../../../page/services.ts";

export function PersonalPart({ id, isSealed }: { id: string; isSealed: boolean }) {
  const { api } = useServices();
  const [isWanted, setWanted] = useState(false);
  const opened = useQuery({
    queryKey: ["audit", "personal", id],
    queryFn: ({ signal }) => api.client.audit.show({ id }, { signal }),
    enabled: isWanted,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!isSealed) return null;
  const personal = opened.data?.personal;
  return (
    <Section title="Personal part">
      {opened.data === undefined && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <StateWord tone="ok">sealed</StateWord>
          <Button onClick={() => setWanted(true)} disabled={opened.isFetching}>
            Open it
          </Button>
          <span className="text-fine text-soft">That you read it will be on the trail.</span>
        </div>
      )}
      {opened.isError && <Notice problem={explainError(opened.error)} />}
      {personal === null && (
        <p>
          <StateWord tone="off">erased</StateWord>
          <span className="text-soft">
            {" "}
            Its key was destroyed: nobody can say any more what it was. The proof holds.
          </span>
        </p>
      )}
      {personal !== null && personal !== undefined && (
        <FieldList>
          <Field name="For">{opened.data?.on_behalf_of}</Field>
          {Object.entries(personal).map(([name, value]) => (
            <Field key={name} name={name}>
              {typeof value === "string" ? value : JSON.stringify(value)}
            </Field>
          ))}
        </FieldList>
      )}
    </Section>
  );
}
