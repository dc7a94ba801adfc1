// The server's own words. What they put between backticks is a command or a name, and is set as one.

export function Words({ text }: { text: string }) {
  return (
    <span className="foreign">
      {text.split("`").map((part, index) =>
        index % 2 === 0 ? (
          part
        ) : (
          <code key={index} className="font-mono text-fine">
            {part}
          </code>
        ),
      )}
    </span>
  );
}
