// Where the reader is in a list: a row that the keyboard moves, kept by its key so that new rows do not shift it.
import { useMemo, useState } from "react";

export interface Cursor {
  key: string | null;
  /** −1 where there is none, or its row has gone. */
  index: number;
  put(key: string | null): void;
}

/** Follows the row that is open beside the list. */
export function useCursor(keys: readonly string[], openKey: string | null): Cursor {
  const [state, setState] = useState<{ key: string | null; openKey: string | null }>({ key: openKey, openKey });
  if (state.openKey !== openKey) setState({ key: openKey ?? state.key, openKey });
  const { key } = state;
  const index = useMemo(() => (key === null ? -1 : keys.indexOf(key)), [keys, key]);
  return { key, index, put: (next) => setState({ key: next, openKey }) };
}
