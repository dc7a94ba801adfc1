// What concerns the reader: theme, keys, account, signing out.
import { Button } from "../../components/parts/button.tsx";
import { ThemeChoice } from "./theme-choice.tsx";

interface RailFootProps {
  who: string;
  onHelp: () => void;
  onAccount: () => void;
  onSignOut: () => void;
}

export function RailFoot({ who, onHelp, onAccount, onSignOut }: RailFootProps) {
  return (
    <div className="grid grid-cols-1 gap-2">
      <div className="flex items-center gap-1.5">
        <ThemeChoice />
        <Button
          className="ml-auto px-2.5"
          onClick={onHelp}
          aria-label="Help: keys and commands"
          title="Keys and commands"
        >
          ?
        </Button>
      </div>
      <div className="flex items-center gap-1.5">
        <Button
          className="min-w-0 flex-1"
          onClick={onAccount}
          title={`Account: signed in as "${who}"`}
          aria-label={`${who}, account`}
        >
          <bdi className="truncate">{who}</bdi>
        </Button>
        <Button onClick={onSignOut} title="Sign out">
          Sign out
        </Button>
      </div>
    </div>
  );
}
