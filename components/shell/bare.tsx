import type { ReactNode } from 'react';
import { Brand } from './brand.tsx';

/** A page without the rail: signed out, not found, gone wrong. */
export function Bare({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-md content-center gap-4 px-5 py-12" id="main">
      <Brand />
      <h1>{title}</h1>
      <div className="space-y-3 text-soft">{children}</div>
    </main>
  );
}
