// Views' front door: filters of pages that people keep by name, for themselves or for their organisation.
export { viewsConfigSchema, type ViewsConfig } from "./config.ts";
export { viewsErrors } from "./errors.ts";
export { viewsMigrations } from "./migrations/index.ts";
export { createViews, type Viewer, type Views } from "./views.ts";
