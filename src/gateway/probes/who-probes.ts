// Under whose name probes stand on the record: nobody's. They are in no team, so that of all caps only the organisation's hold.
import type { Principal } from "../../governance/index.ts";
import type { Who } from "../../ledger/index.ts";
import { plainKey } from "../../governance/index.ts";

const NAME = "probe";

export const prober: Principal = {
  ...plainKey(["call"]),
  keyId: NAME,
  keyName: NAME,
  scopes: ["call"],
  user: null,
  team: null,
  project: null,
};

export const probing: Who = { key_id: NAME, key_name: NAME, user: null, team: null, project: null, tags: [NAME] };
