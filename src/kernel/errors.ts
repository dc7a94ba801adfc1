// One error type for the whole program. A room lists its errors once, with defineErrors; interfaces render them
// in the caller's dialect. Anything else that is thrown is a defect and becomes `kernel.internal`.

/** Whether trying the same again can help: never, at once (another target may do), or after a wait. */
export type Retry = "never" | "now" | "later";

type Params = Record<string, unknown>;

/** What one error says, given its parameters. */
export interface ErrorSpec {
  /** HTTP status that a caller sees. */
  status: number;
  /** `never` unless said otherwise. */
  retry?: Retry;
  message: string;
  /** What the reader can do about it, in one sentence. */
  fix: string;
}

export class AppError extends Error {
  readonly code: string;
  readonly status: number;
  readonly retry: Retry;
  readonly fix: string;
  readonly params: Params;

  constructor(spec: {
    code: string;
    status: number;
    retry: Retry;
    message: string;
    fix: string;
    params: Params;
    cause?: unknown;
  }) {
    super(spec.message, spec.cause === undefined ? undefined : { cause: spec.cause });
    this.name = "AppError";
    this.code = spec.code;
    this.status = spec.status;
    this.retry = spec.retry;
    this.fix = spec.fix;
    this.params = spec.params;
  }

  /** Milliseconds to wait before trying again, when known. */
  get retryAfterMs(): number | undefined {
    const value = this.params["retryAfterMs"];
    return typeof value === "number" ? value : undefined;
  }
}

type ErrorTable = Record<string, (params: never) => ErrorSpec>;
type ErrorFactories<T extends ErrorTable> = {
  readonly [K in keyof T]: (
    params: Parameters<T[K]> extends [] ? Record<string, never> : Parameters<T[K]>[0],
    cause?: unknown,
  ) => AppError;
};

/**
 * Turns a room's table of errors into factories that make AppErrors: with
 * `defineErrors("gateway", { unknown_model: (p: { model: string }) => ({ status: 404, message: …, fix: … }) })`
 * the call `gatewayErrors.unknown_model({ model })` gives an AppError with the code `gateway.unknown_model`.
 * A parameter `retryAfterMs` says how long to wait, where that is known.
 */
export function defineErrors<T extends ErrorTable>(room: string, table: T): ErrorFactories<T> {
  const factories: Record<string, (params: Params, cause?: unknown) => AppError> = {};
  for (const [name, describe] of Object.entries(table) as [string, (params: Params) => ErrorSpec][]) {
    factories[name] = (params, cause) =>
      new AppError({ code: `${room}.${name}`, retry: "never", ...describe(params), params, cause });
  }
  return factories as ErrorFactories<T>;
}

export function isAppError(value: unknown): value is AppError {
  return value instanceof AppError;
}

/** Wraps whatever was thrown. The original message stays in `cause`, for the log; callers see no internals. */
export function toAppError(value: unknown): AppError {
  if (isAppError(value)) return value;
  return new AppError({
    code: "kernel.internal",
    status: 500,
    retry: "later",
    message: "Something went wrong inside Binnacle.",
    fix: "Look for this request id in the log; if it happens again, please report it.",
    params: {},
    cause: value,
  });
}
