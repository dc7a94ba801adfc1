// Bun's `expect` looks at a promise from within, Jest's asks it by its `then`, and calls it first where it is a function. The
// SDKs' promises have a `then` of their own, so their tests need Jest's way.
import { expect as own } from "bun:test";

export const expect = Object.assign(
  (value: unknown) =>
    new Proxy(own(value), {
      get(matchers, name) {
        if (name === "rejects" || name === "resolves") return own(settle(value))[name];
        const found: unknown = Reflect.get(matchers, name);
        return typeof found === "function" ? found.bind(matchers) : found;
      },
    }),
  own,
);

async function settle(value: unknown): Promise<unknown> {
  return typeof value === "function" ? value() : value;
}
