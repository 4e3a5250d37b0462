'use client';

import { Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import type { PaletteVerbs } from './verbs.ts';

const load = () => import('./palette.tsx').then((file) => file.Palette);
const Palette = dynamic(load, { ssr: false });

interface Props {
  verbs: PaletteVerbs;
  sees: { posture: boolean; operations: boolean; settings: boolean };
}

/** ⌘K or Ctrl-K, or its button. What is behind it is loaded when it is wanted. */
export function PaletteDoor({ verbs, sees }: Props) {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isIt = event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey);
      if (!isIt || event.altKey || event.shiftKey || event.defaultPrevented) return;
      const inDialog = event.target instanceof Element && event.target.closest('[role="dialog"]');
      event.preventDefault();
      setOpen((was) => (was ? false : !inDialog));
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return (
    <>
      <button
        aria-label="Palette, Ctrl K"
        className="flex h-8 items-center gap-1.5 rounded-md border border-line-2 px-2 text-faint text-xs hover:bg-wash md:w-full md:justify-between"
        onClick={() => setOpen(true)}
        onPointerEnter={load}
        type="button"
      >
        <Search aria-hidden="true" className="size-3.5" />
        <span aria-hidden="true" className="hidden md:inline">
          Ctrl K
        </span>
      </button>
      {open && <Palette onClose={() => setOpen(false)} sees={sees} verbs={verbs} />}
    </>
  );
}
