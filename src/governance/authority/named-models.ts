// The models that a key names as those that it may call.

/** `openai/*` allows every model of a vendor. */
export function isModelNamed(models: readonly string[], model: string): boolean {
  return models.some((each) => each === model || (each.endsWith("/*") && model.startsWith(each.slice(0, -1))));
}
