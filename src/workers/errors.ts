// What can be wrong with running as several processes.
import { defineErrors } from "../kernel/index.ts";

export const workersErrors = defineErrors("workers", {
  not_here: (p: { platform: string }) => ({
    status: 503,
    message: `Processes cannot share a port on ${p.platform}.`,
    fix: "Set workers to 1, or run Binnacle on Linux or macOS.",
  }),
  place_unreadable: (p: { name: string }) => ({
    status: 503,
    message: `The variable ${p.name} does not say which worker this is.`,
    fix: `Unset ${p.name}: it is set by Binnacle alone, for the processes that it starts.`,
  }),
});
