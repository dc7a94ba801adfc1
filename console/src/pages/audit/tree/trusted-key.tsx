// Whose signature counts for proofs in this browser: the keys that the server names, or one that came by another way.
import { useState } from "react";
import type { Problem } from "../../../api/explain-error.ts";
import { Panel } from "../../../components/figures/panel.tsx";
import { StateWord } from "../../../components/figures/state-word.tsx";
import { Form } from "../../../components/inputs/form.tsx";
import { TextField } from "../../../components/inputs/text-field.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { CodeBlock } from "../../../components/parts/code-block.tsx";
import { canHash } from "../proof/hashing.ts";
import { readKey } from "../proof/signed-note.ts";
import { setOwnKey, useOwnKey } from "./own-key.ts";

export function TrustedKey({ keys }: { keys: readonly string[] }) {
  const own = useOwnKey();
  return (
    <Panel title="Keys that count">
      <div className="grid gap-3">
        {own === null ? (
          <p className="text-soft">
            Proofs on this page take the server’s word for its keys. Give a key that came to you by another way, and
            only its signatures count in this browser.
          </p>
        ) : (
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <StateWord tone={keys.includes(own) ? "ok" : "fail"}>
              {keys.includes(own) ? "your own key counts, and signed this tree" : "your own key did not sign this tree"}
            </StateWord>
            <Button onClick={() => setOwnKey(null)}>Trust the server’s keys again</Button>
          </div>
        )}
        {(own === null ? keys : [own]).map((key) => (
          <CodeBlock key={key} title={own === null ? "Named by the server" : "Yours"} code={key} />
        ))}
        {own === null && canHash() && <OwnKeyForm />}
      </div>
    </Panel>
  );
}

function OwnKeyForm() {
  const [text, setText] = useState("");
  const take = async (): Promise<Problem | null> => {
    if ((await readKey(text)) === null) return notAKey;
    setOwnKey(text.trim());
    return null;
  };
  return (
    <Form onSubmit={take} submitLabel="Trust this key alone">
      <TextField
        label="A key of your own"
        isCode
        value={text}
        onChange={setText}
        required
        hint="As binnacle audit checkpoint prints it: name+id+base64."
      />
    </Form>
  );
}

const notAKey: Problem = {
  kind: "refused",
  code: "console.not_a_key",
  message: "This is no Ed25519 key as C2SP writes them.",
  fix: "It has three parts with a + between: the tree’s name, eight hexadecimal digits, and base64. `binnacle audit checkpoint` prints one.",
};
