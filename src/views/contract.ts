// Saved views as they stand on the wire: a page's filter under a name. What `search` means is the page's own business.
import { oc } from "@orpc/contract";
import { z } from "zod";

const NAME_MAX = 100;
const SEARCH_MAX = 4000;
const page = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, "a page's name has small letters, digits and `-`")
  .describe("which page it is of: `calls`, `cost`");

export const viewSchema = z.object({
  id: z.string(),
  page: z.string(),
  name: z.string(),
  search: z.string(),
  shared: z.boolean().describe("everybody in the organisation sees it"),
  owner: z.string().describe("whose it is, for people"),
  is_own: z.boolean().describe("of whoever asks; others are theirs to change"),
  updated_at_ms: z.number().int(),
});
export type View = z.infer<typeof viewSchema>;

export const putViewSchema = z.strictObject({
  page,
  name: z.string().trim().min(1).max(NAME_MAX),
  search: z.string().max(SEARCH_MAX).describe("what stands behind the page's address: its filter, order, time"),
  shared: z.boolean().default(false),
});
export type PutView = z.infer<typeof putViewSchema>;

const tags = ["Views"];

export const viewsContract = {
  list: oc
    .route({ method: "GET", path: "/views", summary: "One's own saved views, and those shared here", tags })
    .input(z.object({ page: page.optional() }))
    .output(z.object({ views: z.array(viewSchema) })),
  put: oc
    .route({ method: "PUT", path: "/views", summary: "Save a view; one's own of that name is replaced", tags })
    .input(putViewSchema)
    .output(viewSchema),
  delete: oc
    .route({ method: "DELETE", path: "/views/{id}", summary: "Delete one of one's own views", tags })
    .input(z.object({ id: z.string().max(100) }))
    .output(z.object({ deleted: z.string() })),
};
