// What a column asks, as code to take along.
import { useState } from "react";
import { Dialog } from "../../../components/overlays/dialog.tsx";
import { CodeBlock } from "../../../components/parts/code-block.tsx";
import { Segmented } from "../../../components/parts/segmented.tsx";
import { useServices } from "../../../page/services.ts";
import { type Language, languageNames, languages, snippetFor } from "./snippet.ts";

export function SnippetDialog({ request, onClose }: { request: object; onClose: () => void }) {
  const { api } = useServices();
  const [language, setLanguage] = useState<Language>("curl");
  return (
    <Dialog title="The same call, as code" size="large" onClose={onClose}>
      <div className="grid gap-3">
        <div className="flex">
          <Segmented
            label="Language"
            options={languages.map((value) => ({ value, label: languageNames[value] }))}
            value={language}
            onChange={setLanguage}
          />
        </div>
        <CodeBlock title={languageNames[language]} code={snippetFor(language, api.origin, request)} />
        <p className="text-soft">The key is your own, from the environment: this page has none to give away.</p>
      </div>
    </Dialog>
  );
}
