// Saved views of pages: of whoever asks, in their own organisation, whichever else a request names.
import type { Views } from "../../../../views/index.ts";
import type { Doors } from "../doors.ts";

export function viewHandlers({ views: routes }: Pick<Doors, "views">, views: Views) {
  return {
    list: routes.list.handler(async ({ input, context }) => ({
      views: await views.list(context.principal, input.page),
    })),
    put: routes.put.handler(({ input, context }) => views.put(context.principal, input)),
    delete: routes.delete.handler(async ({ input, context }) => {
      await views.delete(context.principal, input.id);
      return { deleted: input.id };
    }),
  };
}
