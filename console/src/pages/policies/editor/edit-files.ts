// Changes of the files that are being written, each giving a new list.
import type { PolicyFile } from "../versions/pair-files.ts";

export type Files = readonly PolicyFile[];

export function setText(files: Files, name: string, text: string): Files {
  return files.map((file) => (file.name === name ? { name, text } : file));
}

export function removeFile(files: Files, name: string): Files {
  return files.filter((file) => file.name !== name);
}

/** What is wrong with a new file's name; null where nothing is. */
export function refuseName(files: Files, name: string): string | null {
  if (!/^[\w.-]+\.(cedar|cases\.yaml)$/.test(name))
    return "Letters, digits, _, . and -, ending in .cedar or .cases.yaml.";
  return files.some((file) => file.name === name) ? "There is a file of that name." : null;
}

/** Cases that the policies are held to, and no policies. */
export const isCaseFile = ({ name }: Pick<PolicyFile, "name">): boolean => name.endsWith(".cases.yaml");

export const languageOf = (file: Pick<PolicyFile, "name">): "yaml" | "cedar" => (isCaseFile(file) ? "yaml" : "cedar");

/** What a new file of this name begins with. */
export const firstTextOf = (name: string): string => (isCaseFile({ name }) ? firstCase : firstPolicy);

const firstCase = `cases:
  - name: nobody is offered a shell
    subject: { roles: [member] }
    action: use_tool
    resource: { type: tool, id: shell }
    expect: deny
`;

const firstPolicy = `@id("an-id-of-its-own")
@why("what people are told")
forbid (principal, action == Action::"use_tool", resource == Tool::"shell");
`;
