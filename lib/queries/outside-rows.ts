/** What the page of privilege outside roles shows. */
import type { OutsideKind } from '#lib/domain/outside-role.ts';
import type { Page } from './rows.ts';

export interface OutsideRow {
  id: string;
  kind: OutsideKind;
  principalName: string;
  /** Who that is, in words; empty for nobody in particular. */
  holder: string;
  targetId: string;
  targetName: string;
  what: string;
  endsAt: Date | null;
  firstSeenAt: Date;
  /** Further facts, as words, in the order in which they are told. */
  facts: string[];
}

export interface OutsidePage extends Page<OutsideRow> {
  now: Date;
}

/** Which of it; absent: all. */
export interface OutsideFilter {
  kind?: OutsideKind;
  principal?: string;
  over?: string;
}
