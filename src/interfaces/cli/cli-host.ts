// What the command line needs from the process that it runs in. main.ts makes it from the real process, tests from
// strings; the commands touch no global of the process themselves.

/** One of the two output streams. */
export interface TerminalOut {
  /** Writes at once. A reader that went away (a closed pipe) is the host's to notice: it aborts `signal`. */
  write(text: string): void;
  /** Whether a person watches: decides about colours, and about fitting lines to `columns`. */
  readonly isTerminal: boolean;
  /** Width in characters; only looked at when `isTerminal`. */
  readonly columns: number;
}

export interface StartOptions {
  port?: number;
  host?: string;
  /** BINNACLE_HOME for this start. */
  home?: string;
  /** Path of the configuration file. */
  config?: string;
}

export interface LoadedConfig {
  /** The whole tree, defaults filled in. */
  config: unknown;
  /** The file that it was read from, or would be if it were there. */
  path: string;
}

export interface CliHost {
  readonly env: Record<string, string | undefined>;
  /** Working directory, absolute. */
  readonly cwd: string;
  readonly version: string;
  readonly stdout: TerminalOut;
  readonly stderr: TerminalOut;
  readonly stdin: {
    readonly isTerminal: boolean;
    /** Everything up to the end of the input. */
    read(): Promise<string>;
    /** One line typed by a person, who is shown `prompt`; undefined when they end the input (Ctrl-D) or interrupt. */
    ask(prompt: string): Promise<string | undefined>;
  };
  /** Aborts on Ctrl-C, on SIGTERM, and when the reader of stdout went away. */
  readonly signal: AbortSignal;
  /** Epoch milliseconds. */
  nowMs(): number;
  fetch(input: string | Request, init?: BunFetchRequestInit): Promise<Response>;
  /** Reads the configuration of this folder, or a given file. Rejects with AppError `config.invalid`. */
  loadConfig(file?: string): Promise<LoadedConfig>;
  /** Runs the server until it is stopped; resolves with the exit code. */
  startServer(options: StartOptions): Promise<number>;
}
