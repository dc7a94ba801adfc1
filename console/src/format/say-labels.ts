// The labels of a series of figures in words.

export type Labels = Readonly<Record<string, string>>;

/** `route helpdesk, model fast`; an empty value is "none". Of drift: `answer words of helpdesk`. */
export function sayLabels(labels: Labels): string {
  const { finding, figure, model, signal } = labels;
  if (signal === "break_glass") return "the first admin key was used";
  if (finding !== undefined && figure !== undefined)
    return `${figure.replaceAll("_", " ")}${model === undefined ? "" : ` of ${model}`}`;
  return Object.entries(labels)
    .map(([name, value]) => `${name} ${value === "" ? "none" : value}`)
    .join(", ");
}
