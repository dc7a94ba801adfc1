// One error type for the whole program. A room lists its errors once, with defineErrors; interfaces render them
// in the caller's dialect. Anything else that is thrown is a defect and becomes `kernel.internal`.

/** Whether trying the same again can help: never, at once (another target may do), or after a wait. */
export type Retry = "never" | "now" | "later";

type Params = Record<string, unknown>;

interface ErrorSpec<P extends Params> {
  /** HTTP status that a caller sees. */
  status: number;
  retry?: Retry;
  message: (params: P) => string;
  /** What the reader can do about it, in one sentence. */
  fix: (params: P) => string;
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

type ErrorTable<P extends Record<string, Params>> = { [K in keyof P]: ErrorSpec<P[K]> };
type ErrorFactories<P extends Record<string, Params>> = {
  readonly [K in keyof P]: (params: P[K], cause?: unknown) => AppError;
};

/**
 * Turns a room's table into factories: `defineErrors("gateway", { unknown_model: … }).unknown_model({ model })`
 * gives an AppError with the code `gateway.unknown_model`. Add `retryAfterMs` to params where a wait is known.
 */
export function defineErrors<P extends Record<string, Params>>(room: string, table: ErrorTable<P>): ErrorFactories<P> {
  const factories: Record<string, (params: Params, cause?: unknown) => AppError> = {};
  for (const [name, spec] of Object.entries(table) as unknown as [string, ErrorSpec<Params>][]) {
    factories[name] = (params, cause) =>
      new AppError({
        code: `${room}.${name}`,
        status: spec.status,
        retry: spec.retry ?? "never",
        message: spec.message(params),
        fix: spec.fix(params),
        params,
        cause,
      });
  }
  return factories as ErrorFactories<P>;
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
