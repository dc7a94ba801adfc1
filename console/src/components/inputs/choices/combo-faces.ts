// What a field with suggestions is told.
import type { FieldFaces } from "../field-frame.tsx";

export interface Suggestion {
  value: string;
  /** What it is, where the value alone does not say so. */
  note?: string;
}

export type ComboFieldProps = FieldFaces & {
  value: string;
  onChange: (value: string) => void;
  /** At most a few dozen for what is typed so far. An answer that comes late is dropped. */
  suggest: (typed: string, signal: AbortSignal) => Promise<readonly Suggestion[]>;
  placeholder?: string;
};
