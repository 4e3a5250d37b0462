import Link from 'next/link';
import type { ReactNode } from 'react';
import { Bell } from '#components/letters/bell.tsx';
import { PaletteDoor } from '#components/palette/palette-door.tsx';
import type { PaletteVerbs } from '#components/palette/verbs.ts';
import { Toasts } from '#components/ui/toasts.tsx';
import type { Actor } from '#lib/domain/actor.ts';
import { mayAdminister, mayOperate, mayReadPosture } from '#lib/domain/permission.ts';
import { Account } from './account.tsx';
import { Brand } from './brand.tsx';
import { NavLinks } from './nav-links.tsx';
import type { Theme } from './theme.ts';

interface Props {
  viewer: Pick<Actor, 'objectId' | 'name' | 'upn' | 'roles'>;
  counts: { active: number; approvals: number; reviews: number; letters: number; browser: boolean };
  theme: Theme;
  palette: PaletteVerbs;
  children: ReactNode;
}

/** The frame of every signed-in page: a rail on a desk, a bar on a phone. */
export function Shell({ viewer, counts, theme, palette, children }: Props) {
  const sees = {
    posture: mayReadPosture(viewer),
    operations: mayOperate(viewer),
    settings: mayAdminister(viewer),
  };
  return (
    <div
      data-viewer={viewer.objectId}
      className="min-h-dvh md:grid md:grid-cols-[208px_minmax(0,1fr)] print:block"
    >
      <a
        className="btn btn-go sr-only z-50 focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:px-3 focus:py-1.5"
        href="#main"
      >
        Skip to content
      </a>
      <header className="sticky top-0 z-30 border-line border-b bg-paper px-2 pt-2 pb-1 md:flex md:h-dvh md:flex-col md:border-r md:border-b-0 md:px-2.5 md:py-4 print:hidden">
        <div className="mb-1 flex items-center justify-between px-1 md:mb-3 md:flex-wrap md:gap-y-2.5 md:px-2">
          <Link className="rounded-md py-1" href="/" prefetch={false}>
            <Brand />
          </Link>
          <div className="mr-10 flex gap-2 md:contents">
            <Bell browser={counts.browser} unread={counts.letters} />
            <PaletteDoor sees={sees} verbs={palette} />
          </div>
        </div>
        <nav aria-label="Main">
          <NavLinks counts={counts} sees={sees} />
        </nav>
        <div className="absolute top-1.5 right-2 md:static md:mt-auto">
          <Account name={viewer.name} theme={theme} upn={viewer.upn} />
        </div>
      </header>
      <main className="w-full max-w-[1120px] px-3.5 pt-5 pb-16 md:px-7 md:pt-6" id="main" tabIndex={-1}>
        {children}
      </main>
      <Toasts />
    </div>
  );
}
