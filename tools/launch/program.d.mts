// Types for tests, benchmarks and drills; the launcher itself is plain JavaScript for whatever Node there is.

/** What to run, relative to `root`: the program as built from these sources, or the sources where it is not. */
export declare function programOf(root: string): string;
