// Saved views: one's own, and those that others in the organisation share. Whoever has no user keeps them by their key.
import { newId } from "../kernel/index.ts";
import { createWithDatabase, type Storage } from "../storage/index.ts";
import type { ViewsConfig } from "./config.ts";
import type { PutView, View } from "./contract.ts";
import { viewsErrors } from "./errors.ts";
import { createViewStore, type Owner, type StoredView } from "./store.ts";

/** Who asks, as far as views need to know. */
export interface Viewer {
  organisation: string;
  user: string | null;
  keyId: string;
  keyName: string;
}

/** Each throws `views.unavailable`. */
export interface Views {
  /** One's own first. */
  list(viewer: Viewer, page?: string): Promise<View[]>;
  /** Throws `views.too_many`. */
  put(viewer: Viewer, view: PutView): Promise<View>;
  /** Throws `views.not_found`. */
  delete(viewer: Viewer, id: string): Promise<void>;
}

export function createViews(config: ViewsConfig, storage: Pick<Storage, "tables" | "isAvailable">): Views {
  const store = createViewStore(storage);
  const withDatabase = createWithDatabase(storage.isAvailable, viewsErrors.unavailable);
  return {
    async list(viewer, page = undefined) {
      const owner = ownerOf(viewer);
      const asked = page ?? null;
      const [own, shared] = await withDatabase(() =>
        Promise.all([
          store.own(owner, asked, config.per_owner_max),
          store.sharedByOthers(owner, asked, config.shared_max),
        ]),
      );
      return [...own, ...shared].map((view) => viewOf(view, owner));
    },
    async put(viewer, view) {
      const owner = ownerOf(viewer);
      const name = viewer.user ?? viewer.keyName;
      const stored = await withDatabase(() =>
        store.put({ ...owner, name }, { ...view, id: newId() }, config.per_owner_max),
      );
      if (!stored) throw viewsErrors.too_many({ max: config.per_owner_max });
      return viewOf(stored, owner);
    },
    async delete(viewer, id) {
      if (!(await withDatabase(() => store.delete(ownerOf(viewer), id)))) throw viewsErrors.not_found({ id });
    },
  };
}

function ownerOf({ organisation, user, keyId }: Viewer): Owner {
  return { organisation, owner: user === null ? `key:${keyId}` : `user:${user}` };
}

function viewOf({ owner, owner_name, ...view }: StoredView, asker: Owner): View {
  return { ...view, owner: owner_name, is_own: owner === asker.owner };
}
