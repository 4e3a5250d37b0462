'use client';

import { createContext, type ReactNode, useContext } from 'react';
import { defaultSettings, type Settings } from '#lib/domain/settings.ts';

const Rules = createContext<Settings['reasons']>(defaultSettings.reasons);

/** Lets every form of the page explain, while somebody types, what the server will judge. */
export function ReasonRules({ rules, children }: { rules: Settings['reasons']; children: ReactNode }) {
  return <Rules value={rules}>{children}</Rules>;
}

export function useReasonRules(): Settings['reasons'] {
  return useContext(Rules);
}
