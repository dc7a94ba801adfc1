// Tools that a model wants called are answered by the reader: what each returned, and on with the conversation.
import { useState } from "react";
import type { ToolCall } from "../../../api/model/answer.ts";
import { TextArea } from "../../../components/inputs/text-field.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { emptyTurn, type Turn } from "../setup/setup.ts";

interface ToolResultsProps {
  calls: readonly ToolCall[];
  onAnswer: (results: Turn[]) => void;
}

export function ToolResults({ calls, onAnswer }: ToolResultsProps) {
  const [results, setResults] = useState<readonly string[]>([]);
  const answer = (): void =>
    onAnswer(calls.map((call, index) => ({ ...emptyTurn("tool"), toolCallId: call.id, text: results[index] ?? "" })));
  return (
    <form
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        answer();
      }}
    >
      {calls.map((call, index) => (
        <TextArea
          key={call.id}
          label={`What ${call.name} returns`}
          isCode
          rows={2}
          value={results[index] ?? ""}
          onChange={(text) => setResults(calls.map((_, at) => (at === index ? text : (results[at] ?? ""))))}
        />
      ))}
      <div>
        <Button type="submit">Go on with this</Button>
      </div>
    </form>
  );
}
