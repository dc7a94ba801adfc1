// The messages that are sent: each with its role, its text, its pictures; added, changed and taken away.
import { Button } from "../../../components/parts/button.tsx";
import { boxLook } from "../../../components/inputs/field-frame.tsx";
import { emptyTurn, type Role, roles, type Turn } from "../setup/setup.ts";
import { ImagesEditor } from "./images-editor.tsx";

interface TurnsEditorProps {
  turns: readonly Turn[];
  onChange: (turns: Turn[]) => void;
}

export function TurnsEditor({ turns, onChange }: TurnsEditorProps) {
  const next: Role = turns.at(-1)?.role === "user" ? "assistant" : "user";
  return (
    <div className="grid gap-3">
      {turns.map((turn, index) => (
        <TurnEditor
          key={index}
          turn={turn}
          place={index + 1}
          onChange={(changed) => onChange(turns.with(index, changed))}
          onRemove={() => onChange(turns.filter((_, at) => at !== index))}
        />
      ))}
      <div>
        <Button onClick={() => onChange([...turns, emptyTurn(next)])}>Add a message</Button>
      </div>
    </div>
  );
}

interface TurnEditorProps {
  turn: Turn;
  place: number;
  onChange: (turn: Turn) => void;
  onRemove: () => void;
}

function TurnEditor({ turn, place, onChange, onRemove }: TurnEditorProps) {
  const rows = Math.min(14, Math.max(2, turn.text.split("\n").length, Math.ceil(turn.text.length / 48)));
  return (
    <fieldset className="grid min-w-0 gap-1.5">
      <legend className="visually-hidden">Message {place}</legend>
      <div className="flex items-center gap-2">
        <select
          aria-label={`Role of message ${place}`}
          value={turn.role}
          onChange={(event) => onChange({ ...turn, role: roles.find((each) => each === event.target.value) ?? "user" })}
          className="min-h-7 rounded-md bg-shoal px-1.5 font-semibold"
        >
          {roles.map((role) => (
            <option key={role}>{role}</option>
          ))}
        </select>
        {turn.role === "tool" && (
          <input
            aria-label={`The tool call that message ${place} answers`}
            placeholder="id of the tool call"
            value={turn.toolCallId}
            onChange={(event) => onChange({ ...turn, toolCallId: event.target.value })}
            className={`${boxLook} min-h-7! font-mono text-fine`}
          />
        )}
        <button
          type="button"
          onClick={onRemove}
          className="ml-auto min-h-6 rounded-md px-1.5 text-soft hover:bg-tide hover:text-ink"
          aria-label={`Remove message ${place}`}
        >
          Remove
        </button>
      </div>
      <textarea
        aria-label={`Text of message ${place}`}
        value={turn.text}
        rows={rows}
        dir="auto"
        placeholder={place === 1 && turn.role === "user" ? "What the models are asked" : undefined}
        onChange={(event) => onChange({ ...turn, text: event.target.value })}
        className={`${boxLook} py-1.5`}
      />
      {turn.toolCalls.map((call) => (
        <p key={call.id} className="foreign rounded-md bg-paper px-2.5 py-1 font-mono text-fine">
          calls {call.name}({call.arguments})
        </p>
      ))}
      {turn.otherParts.length > 0 && (
        <p className="text-fine text-soft">{`and ${turn.otherParts.length} parts of other kinds, sent as they came`}</p>
      )}
      <ImagesEditor place={place} images={turn.images} onChange={(images) => onChange({ ...turn, images })} />
    </fieldset>
  );
}
