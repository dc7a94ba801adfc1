// Amazon's way to speak to a model in its maker's words, as far as the maker is Anthropic: `-in` faces callers, `-out` vendors. It is no
// dialect, only another wrapping of Anthropic's.
export { createInvokePacker, unwrapInvoke } from "./invoke-in.ts";
export { createInvokeUnpacker, INVOKE_VERSION, packInvoke } from "./invoke-out.ts";
