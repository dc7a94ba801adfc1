// The front door of the routes' keeping: the config file's, and those that are made by API.
export { createRouteBook, type RouteBook } from "./route-book.ts";
export type { ChangeWish, Routes } from "./routes.ts";
