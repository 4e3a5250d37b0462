'use client';

import { createContext, type ReactNode, useContext } from 'react';
import { Chip } from '#components/ui/chip.tsx';
import { type HeldBy, heldByWords } from '#lib/domain/held-by.ts';
import type { Outcome } from '#lib/domain/refusal.ts';

/** What one role of an ask would wait for in Stint. */
export interface Foreseen {
  key: string;
  is: 'automatic' | 'stages' | 'frozen';
  name: string;
  stages: { name: string; signatures: number; approvers: string[] }[];
  sentence: string;
}

interface Stages {
  /** By the role's key: where a rule of Stint's has stages, and what holds them. */
  held: Record<string, { by: HeldBy; sentence: string }>;
  /** Whether anything can be in the way at all, such as a freeze. */
  isAny: boolean;
  preview: (about: {
    roles: { key: string; minutes: number; narrowerScopeId?: string | undefined }[];
    startsAt: string | null;
    ticketNumber: string;
  }) => Promise<Outcome<Foreseen[]>>;
}

const none: Stages = { held: {}, isAny: false, preview: async () => ({ ok: true, value: [] }) };
const Context = createContext<Stages>(none);

/** Tells the list of roles and the sheet what Stint's own policy has in store. */
export function OwnStages({ children, ...stages }: Stages & { children: ReactNode }) {
  return <Context value={stages}>{children}</Context>;
}

export const useOwnStages = () => useContext(Context);

/** What holds Stint's stages at a role; nothing where there are none. */
export function HeldBadge({ roleKey }: { roleKey: string }) {
  const held = useOwnStages().held[roleKey];
  if (!held) return null;
  return (
    <div>
      <Chip title={held.sentence} tone="warn">
        signatures in Stint, {heldByWords(held.by)}
      </Chip>
    </div>
  );
}
