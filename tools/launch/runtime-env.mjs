// What must stand in the environment before Bun starts, because Bun reads it only then. The launcher sets it, and so do
// the benchmarks and drills, which start the program themselves.
export const runtimeEnv = {
  // Bun opens 256 outgoing requests at once by itself; a gateway holds thousands of streams.
  BUN_CONFIG_MAX_HTTP_REQUESTS: "4096",
  // The allocator gives freed pages back at once and takes them again a moment later; waiting two seconds saves about
  // 15 µs of the 100 µs CPU that a call costs, and memory still goes back (docs/decisions/0011-watchkeeper.md).
  MIMALLOC_PURGE_DELAY: "2000",
  DO_NOT_TRACK: "1",
};
