// Types for the benchmarks and drills; the launcher itself is plain JavaScript for whatever Node there is.
export declare const runtimeEnv: Record<string, string>;
