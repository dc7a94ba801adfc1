// Request and response as they were stored, in their dialect, and the record itself; and the same elsewhere.
import type { CallDetail } from "../../../../../src/ledger/contract.ts";
import { curlFor } from "../../../api/curl.ts";
import { CodeBlock } from "../../../components/parts/code-block.tsx";
import { Section } from "../../../components/parts/section.tsx";
import { BodyView } from "../../../components/record/body-view.tsx";
import { useServices } from "../../../page/services.ts";
import { callAgain } from "./call-again.ts";

export function RawView({ call }: { call: CallDetail }) {
  const { api } = useServices();
  const { request_body: request, response_body: response } = call;
  const again = callAgain(api.origin, call);
  return (
    <>
      <Section title="As it was stored" aside={<span className="text-fine text-soft">dialect {call.dialect}</span>}>
        {request === null && response === null && <p className="text-soft">No body is kept for this call.</p>}
        <div className="grid gap-3">
          {request !== null && <BodyView title="Request" body={request} />}
          {response !== null && <BodyView title="Response" body={response} />}
        </div>
      </Section>
      <Section title="The same, elsewhere">
        <div className="grid gap-3">
          <CodeBlock title="In the terminal" code={`binnacle calls show ${call.id}`} />
          <CodeBlock title="Over the API" code={curlFor(api.origin, `/calls/${call.id}`)} />
          {again !== null && <CodeBlock title="The same call again" code={again} />}
        </div>
      </Section>
    </>
  );
}
