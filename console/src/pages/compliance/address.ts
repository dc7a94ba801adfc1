// What the address of compliance carries, and moves within it.
import { useSearchAddress } from "../../page/address/use-search-address.ts";

export interface Search {
  tab?: "reports" | "vault" | undefined;
  framework?: string | undefined;
  /** How long a time the next report is about. */
  days?: number | undefined;
  /** Of the report that is shown; without them none was made yet. Milliseconds. */
  from?: number | undefined;
  to?: number | undefined;
  /** The control, the hold or the certificate that stands beside the list. */
  open?: string | undefined;
}

export const useAddress = () => useSearchAddress<Search>("/compliance");
