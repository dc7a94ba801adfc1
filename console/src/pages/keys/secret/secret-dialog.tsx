// A key's secret, this once; the first call in each of the usual kits; and a greeting when it comes.
import { useState } from "react";
import type { CreatedKey } from "../../../../../src/governance/contract.ts";
import { type Snippet, snippetsFor } from "../../../components/first/snippets.ts";
import { SwitchField } from "../../../components/inputs/choices/check-field.tsx";
import { Dialog } from "../../../components/overlays/dialog.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { CodeBlock } from "../../../components/parts/code-block.tsx";
import { Segmented } from "../../../components/parts/segmented.tsx";
import { useServices } from "../../../page/services.ts";
import { FirstUse } from "./first-use.tsx";
import { useCallableModel } from "./use-callable-model.ts";

interface SecretDialogProps {
  made: CreatedKey;
  /** What is new: a key, or the secret of one that there was. */
  isRotated: boolean;
  onClose: () => void;
}

export function SecretDialog({ made, isRotated, onClose }: SecretDialogProps) {
  const model = useCallableModel(made.secret);
  return (
    <Dialog
      title={isRotated ? `The new secret of ${made.name}` : `The key ${made.name}`}
      onClose={onClose}
      size="large"
      footer={
        <Button kind="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <div className="grid gap-4">
        <CodeBlock title="The secret. Copy it now: it is shown this once." code={made.secret} />
        {model === null ? (
          <p className="text-read text-soft">This key may call no model, so there is no call to try it with.</p>
        ) : (
          <>
            <Snippets secret={made.secret} model={model} />
            {!isRotated && <FirstUse keyId={made.id} sinceMs={made.created_at_ms} />}
          </>
        )}
      </div>
    </Dialog>
  );
}

function Snippets({ secret, model }: { secret: string; model: string }) {
  const { api } = useServices();
  const [chosen, setChosen] = useState("curl");
  const [isFilled, setIsFilled] = useState(true);
  const snippets = snippetsFor(api.origin, model);
  const snippet = snippets.find(({ id }) => id === chosen);
  return (
    <section aria-label="The first call" className="grid gap-2">
      <div className="w-fit max-w-full overflow-x-auto p-0.5">
        <Segmented
          label="Kit"
          value={chosen}
          onChange={setChosen}
          options={snippets.map(({ id, title }) => ({ value: id, label: title }))}
        />
      </div>
      <SwitchField
        label="With the secret set before it"
        hint="Otherwise the snippet takes it from BINNACLE_KEY, wherever you keep it."
        value={isFilled}
        onChange={setIsFilled}
      />
      {snippet?.install !== undefined && snippet.install !== null && (
        <CodeBlock title="Install" code={snippet.install} />
      )}
      {isFilled && snippet?.id !== "curl" && <CodeBlock title="In the shell that runs it" code={setLine(secret)} />}
      {snippet !== undefined && (
        <CodeBlock title={snippet.title} code={isFilled ? filled(snippet, secret) : snippet.code} />
      )}
    </section>
  );
}

const setLine = (secret: string): string => `export BINNACLE_KEY=${secret}`;

/** Only a shell can be told both in one piece. */
function filled({ id, code }: Snippet, secret: string): string {
  return id === "curl" ? `${setLine(secret)}\n${code}` : code;
}
