// What is imported as "zod" in the page (console/vite.config.ts): zod, told before the first schema is made not to try whether it may
// make code of text. The page's content-security policy forbids that, and reports who tries.
import { config } from "zod/v4";

config({ jitless: true });

export * from "zod/v4";
