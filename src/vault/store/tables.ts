// The vault's tables, as Kysely knows them.
import type { Kysely } from "kysely";
import type { Storage } from "../../storage/index.ts";

export interface VaultTables {
  vault_wrapping_keys: { version: number; wrapped: string | null; made_at: Date };
  vault_keys: {
    id: string;
    wrapping_version: number;
    organisation: string;
    project: string | null;
    user_name: string | null;
    key_id: string;
    wrapped: Buffer | null;
    made_at: Date;
    destroyed_at: Date | null;
  };
  vault_holds: {
    id: string;
    subject: string;
    reason: string;
    by: string;
    made_at: Date;
    lifted_at: Date | null;
  };
}

export const tablesIn = (storage: Storage): Kysely<VaultTables> => storage.tables<VaultTables>();
