// What happens in the week besides calls, each at its time, done by whoever would do it.
import type { BinnacleClient } from "../../../client/index.ts";
import type { Sender } from "../calls/send-call.ts";
import type { KeyName } from "../harbour/directory.ts";

export interface Happening {
  atMs: number;
  what: string;
  act(stage: Stage): Promise<void>;
}

export interface Stage {
  url: string;
  owner: BinnacleClient;
  keyOf(name: KeyName): string;
  as(name: KeyName): BinnacleClient;
  sender: Sender;
  nowMs(): number;
  /** Until what has happened is on record and every rule has been looked at since. */
  settle(): Promise<void>;
}
