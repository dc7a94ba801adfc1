// What all columns are asked: system prompt, messages, settings, tools, the schema of the answer.
import { TextArea } from "../../../components/inputs/text-field.tsx";
import { NumberField } from "../../../components/inputs/figures/figure-field.tsx";
import { formatCount } from "../../../format/figures.ts";
import { findProblems, type JsonField } from "../setup/request.ts";
import type { Settings, Setup } from "../setup/setup.ts";
import { exampleMore, exampleSchema, exampleTools } from "./examples.ts";
import { Fold, JsonPart } from "./json-part.tsx";
import { TurnsEditor } from "./turns-editor.tsx";

interface SetupPanelProps {
  setup: Setup;
  onChange: (setup: Setup) => void;
}

export function SetupPanel({ setup, onChange }: SetupPanelProps) {
  const { settings } = setup;
  const set = (changed: Partial<Settings>): void => onChange({ ...setup, settings: { ...settings, ...changed } });
  const problems = findProblems(setup);
  const problemOf = (field: JsonField): string | undefined => problems.find((each) => each.field === field)?.message;
  return (
    <section aria-label="What is asked" className="grid content-start gap-4 p-4">
      <TextArea
        label="System prompt"
        required={false}
        dir="auto"
        rows={Math.min(10, Math.max(2, Math.ceil(setup.system.length / 48)))}
        value={setup.system}
        onChange={(system) => onChange({ ...setup, system })}
      />
      <TurnsEditor turns={setup.turns} onChange={(turns) => onChange({ ...setup, turns })} />
      <div>
        <Fold title="Settings" mark={describeSettings(settings)}>
          <div className="grid grid-cols-2 gap-3">
            <NumberField
              label="Temperature"
              value={settings.temperature}
              min={0}
              max={2}
              placeholder="the model's own"
              onChange={(temperature) => set({ temperature })}
            />
            <NumberField
              label="Answer at most"
              unit="tokens"
              isWhole
              min={1}
              value={settings.max_tokens}
              placeholder="the model's own"
              onChange={(max_tokens) => set({ max_tokens })}
            />
            <NumberField
              label="Top p"
              value={settings.top_p}
              min={0}
              max={1}
              placeholder="the model's own"
              onChange={(top_p) => set({ top_p })}
            />
            <NumberField
              label="Answers"
              isWhole
              min={1}
              max={8}
              value={settings.n}
              placeholder="1"
              onChange={(n) => set({ n })}
            />
            <NumberField
              label="Seed"
              isWhole
              value={settings.seed}
              placeholder="none"
              onChange={(seed) => set({ seed })}
            />
          </div>
        </Fold>
        <JsonPart
          title="Tools"
          hint="A list of functions that the model may call. Nothing is run: you answer for them."
          value={settings.tools}
          problem={problemOf("tools")}
          example={exampleTools}
          onChange={(tools) => set({ tools })}
        />
        <JsonPart
          title="Schema of the answer"
          hint="JSON Schema that the answer must fit, or a whole `response_format`."
          value={settings.schema}
          problem={problemOf("schema")}
          example={exampleSchema}
          onChange={(schema) => set({ schema })}
        />
        <JsonPart
          title="Other fields"
          hint="Whatever else belongs into the request."
          value={settings.more}
          problem={problemOf("more")}
          example={exampleMore}
          onChange={(more) => set({ more })}
        />
      </div>
    </section>
  );
}

function describeSettings({ temperature, max_tokens, top_p, n, seed }: Settings): string | null {
  const said = [
    temperature === null ? "" : `temperature ${temperature}`,
    max_tokens === null ? "" : `at most ${formatCount(max_tokens)} tokens`,
    top_p === null ? "" : `top p ${top_p}`,
    n === null ? "" : `${n} answers`,
    seed === null ? "" : `seed ${seed}`,
  ].filter(Boolean);
  return said.length === 0 ? null : said.join(", ");
}
