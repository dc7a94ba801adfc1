// Whose data is meant, by one name or several; and why.
import type { DataSubject } from "../../../../../src/vault/contract.ts";
import { TextArea, TextField } from "../../../components/inputs/text-field.tsx";

export interface SubjectDraft {
  user: string;
  project: string;
  key: string;
  organisation: string;
  reason: string;
}

export const noSubject: SubjectDraft = { user: "", project: "", key: "", organisation: "", reason: "" };

export function subjectOf({ reason: _reason, ...names }: SubjectDraft): DataSubject {
  return Object.fromEntries(
    Object.entries(names)
      .map(([kind, name]) => [kind, name.trim()])
      .filter(([, name]) => name !== ""),
  );
}

interface SubjectFieldsProps {
  value: SubjectDraft;
  onChange: (value: SubjectDraft) => void;
  reasonHint: string;
}

export function SubjectFields({ value, onChange, reasonHint }: SubjectFieldsProps) {
  const field = (name: keyof SubjectDraft) => ({
    value: value[name],
    onChange: (text: string) => onChange({ ...value, [name]: text }),
  });
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField label="User" name="subject.user" {...field("user")} />
        <TextField label="Project" name="subject.project" {...field("project")} />
        <TextField label="Key" name="subject.key" isCode hint="Its id." {...field("key")} />
        <TextField label="Organisation" name="subject.organisation" {...field("organisation")} />
      </div>
      <p className="text-fine text-soft">At least one of them. Of several, data is meant for which all of them hold.</p>
      <TextArea label="Reason" name="reason" rows={2} required hint={reasonHint} {...field("reason")} />
    </>
  );
}
