import { createContext, useContext } from 'react';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { RecentReason } from '#lib/queries/own-choice-rows.ts';

export interface BundleForm {
  /** null: a new one. */
  bundleId: string | null;
  version: number;
  name: string;
  roles: { key: string; minutes: number | null }[];
}

/** What one does with one's own favourites, bundles and reasons, wherever on the page. */
export interface OwnVerbs {
  favour(asked: { key: string; on: boolean }): Promise<Outcome<null>>;
  order(keys: string[]): Promise<Outcome<null>>;
  keepBundle(asked: BundleForm): Promise<Outcome<string>>;
  reasonsBefore(): Promise<Outcome<RecentReason[]>>;
}

const Verbs = createContext<OwnVerbs | null>(null);
export const OwnVerbsOf = Verbs.Provider;

export function useOwnVerbs(): OwnVerbs {
  const verbs = useContext(Verbs);
  if (!verbs) throw new Error('No verbs were given to this part of the page.');
  return verbs;
}
