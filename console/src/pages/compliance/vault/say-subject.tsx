// Whose data a hold or an erasure is about.

const words: Record<string, string> = { user: "user", key: "key", project: "project", organisation: "organisation" };

export function SubjectText({ subject }: { subject: Readonly<Record<string, string>> }) {
  return <bdi>{saySubject(subject)}</bdi>;
}

/** `user ada, project apollo`: all that is named must hold. */
export function saySubject(subject: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(subject)
    .filter(([, name]) => name !== undefined && name !== "")
    .map(([kind, name]) => `${words[kind] ?? kind} ${name}`)
    .join(", ");
}
