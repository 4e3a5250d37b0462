import { UserRound } from 'lucide-react';
import Link from 'next/link';
import { Keys } from './keys.tsx';
import type { Theme } from './theme.ts';
import { ThemeSwitch } from './theme-switch.tsx';

interface Props {
  name: string;
  upn: string;
  theme: Theme;
}

/** Who I am, the theme, the keys and the way out: at the foot of the rail, on a phone behind a button. */
export function Account({ name, upn, theme }: Props) {
  return (
    <>
      <button
        aria-label="Account"
        className="grid size-8 place-items-center rounded-full bg-wash text-soft text-xs md:hidden"
        popoverTarget="account"
        type="button"
      >
        <UserRound aria-hidden="true" className="size-4" />
      </button>
      <div
        className="m-0 top-12 right-2 left-auto w-64 rounded-lg border border-line-2 bg-sheet p-3 text-sm text-soft shadow-float md:static md:mt-auto md:block md:w-auto md:rounded-none md:border-0 md:border-line md:border-t md:bg-transparent md:p-2 md:shadow-none"
        id="account"
        popover="auto"
      >
        <p className="truncate text-ink">{name}</p>
        <p className="truncate text-faint text-xs" title={upn}>
          {upn}
        </p>
        <div className="mt-2 flex flex-wrap items-center justify-between gap-1">
          <ThemeSwitch initial={theme} />
          <Keys />
        </div>
        <div className="mt-1 -ml-2 flex flex-wrap">
          <form action="/auth/sign-out" method="post">
            <button className="btn btn-quiet btn-small" type="submit">
              Sign out
            </button>
          </form>
          <Link className="btn btn-quiet btn-small" href="/sessions" prefetch={false}>
            Sessions
          </Link>
          <Link className="btn btn-quiet btn-small" href="/absence" prefetch={false}>
            Absence
          </Link>
        </div>
      </div>
    </>
  );
}
