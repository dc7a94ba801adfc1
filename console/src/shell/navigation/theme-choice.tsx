// Light, dark, or as the system has it. The choice is kept by this browser.
import { setTheme, type Theme, useTheme } from "../../page/preferences.ts";

const names: Record<Theme, string> = { system: "System", light: "Light", dark: "Dark" };

export function ThemeChoice() {
  const theme = useTheme();
  return (
    <label className="inline-flex items-center gap-1.5">
      <span className="visually-hidden">Theme</span>
      <select
        value={theme}
        onChange={(event) => setTheme(event.target.value as Theme)}
        className="min-h-7 rounded-md bg-shoal px-1.5 hover:bg-tide"
      >
        {Object.entries(names).map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
