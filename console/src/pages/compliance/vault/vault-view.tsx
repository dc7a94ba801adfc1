// How stored content is sealed, what is held, and what was erased.
import { Erasures } from "./erasures.tsx";
import { Holds } from "./holds.tsx";
import { SealedState } from "./sealed-state.tsx";

export function VaultView() {
  return (
    <>
      <SealedState />
      <Holds />
      <Erasures />
    </>
  );
}
