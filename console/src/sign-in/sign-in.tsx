// The way in: whichever ways this installation has, and a key in any case.
import { useQuery } from "@tanstack/react-query";
import type { SignInWay } from "../../../src/identity/contract.ts";
import { hasPasskeys, readWays } from "../api/session.ts";
import { useInvitation } from "../page/invitation.ts";
import { CompassCard } from "../components/brand/compass-card.tsx";
import { Mark } from "../components/brand/mark.tsx";
import { Invitation } from "./invitation.tsx";
import { KeyForm } from "./key-form.tsx";
import { PasskeyButton } from "./passkey-button.tsx";
import { PasswordForm } from "./password-form.tsx";

interface SignInProps {
  /** The reader was signed in, and is not any more. */
  ended: boolean;
  onSignedIn: () => void;
}

export function SignIn({ ended, onSignedIn }: SignInProps) {
  const { token, forget } = useInvitation();
  const asked = useQuery({ queryKey: ["ways"], queryFn: readWays, staleTime: 60_000 });
  const joined = (): void => {
    forget();
    onSignedIn();
  };
  return (
    <main className="relative flex min-h-full items-center overflow-hidden px-6 py-10 sm:px-[8vw]">
      <CompassCard className="pointer-events-none absolute -right-44 -bottom-80 size-[30rem] text-[color-mix(in_oklab,var(--color-control)_55%,var(--color-paper))] lg:top-1/2 lg:right-auto lg:bottom-auto lg:left-[max(37rem,44vw)] lg:size-[116vh] lg:-translate-y-1/2" />
      <div className="relative w-full max-w-sm">
        <div className="mb-8 flex items-center gap-3">
          <Mark size={40} />
          <h1 className="text-large font-semibold">Binnacle</h1>
        </div>
        {ended && token === null && <p className="mb-3 text-read">Your session has ended. Sign in again to go on.</p>}
        {token === null ? (
          // Without an answer the key still is a way in.
          !asked.isPending && <Ways ways={asked.data ?? []} onSignedIn={onSignedIn} />
        ) : (
          <Invitation token={token} onSignedIn={joined} />
        )}
      </div>
    </main>
  );
}

function Ways({ ways, onSignedIn }: { ways: readonly SignInWay[]; onSignedIn: () => void }) {
  const providers = ways.filter(({ kind }) => kind === "oidc" || kind === "saml");
  const has = (kind: SignInWay["kind"]): boolean => ways.some((way) => way.kind === kind);
  const byPasskey = has("passkey") && hasPasskeys();
  const isKeyAlone = providers.length === 0 && !has("password") && !byPasskey;
  if (isKeyAlone) return <KeyForm autoFocus onSignedIn={onSignedIn} />;
  return (
    <div className="grid grid-cols-1 gap-5">
      {has("password") && <PasswordForm onSignedIn={onSignedIn} />}
      {has("password") && <Rule />}
      <div className="grid grid-cols-1 gap-3">
        {providers.map((way) => (
          <ProviderLink key={`${way.kind}:${way.name}`} way={way} />
        ))}
        {byPasskey && <PasskeyButton onSignedIn={onSignedIn} />}
      </div>
      <details>
        <summary className="min-h-6 cursor-pointer rounded-md text-soft">Sign in with an API key</summary>
        <div className="mt-3">
          <KeyForm autoFocus={false} onSignedIn={onSignedIn} />
        </div>
      </details>
    </div>
  );
}

/** A link, for it leaves the page; back to where the reader was. */
function ProviderLink({ way }: { way: SignInWay }) {
  const place = encodeURIComponent(`/${location.hash}`);
  return (
    <a
      href={`/api/sign-in/${way.kind}/${encodeURIComponent(way.name)}?return_to=${place}`}
      className="inline-flex min-h-10 w-full items-center justify-center rounded-md bg-shoal px-2.5 text-ink transition-colors hover:bg-tide"
    >
      <span className="truncate">
        Sign in with <bdi className="font-semibold">{way.title}</bdi>
      </span>
    </a>
  );
}

function Rule() {
  return (
    <div className="flex items-center gap-3 text-soft" aria-hidden="true">
      <span className="h-px flex-1 bg-line" />
      or
      <span className="h-px flex-1 bg-line" />
    </div>
  );
}
