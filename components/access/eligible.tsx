'use client';

import { Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { isOurs, keysAreOn } from '#components/shell/typing.ts';
import { Notice } from '#components/ui/notice.tsx';
import { Section } from '#components/ui/section.tsx';
import type { Bundle } from '#lib/queries/own-choice-rows.ts';
import type { EligibleRow, RequestRow } from '#lib/queries/rows.ts';
import type { Activate, CheckTicket, Draft, TimingVerbs } from './ask.ts';
import { withGained } from './bundle-plan.ts';
import { byPlane } from './by-plane.ts';
import { EligibleTable } from './eligible-table.tsx';
import { finds } from './finds.ts';
import { LinkNotes } from './link-notes.tsx';
import { type OwnVerbs, OwnVerbsOf } from './own-verbs.ts';
import { StarShape } from './star.tsx';
import { useActivation } from './use-activation.ts';

const loadSheet = () => import('./activation-sheet.tsx').then((file) => file.ActivationSheet);
const ActivationSheet = dynamic(loadSheet, { ssr: false });
const AtHand = dynamic(() => import('./at-hand.tsx').then((file) => file.AtHand));

interface Props {
  rows: EligibleRow[];
  recent: RequestRow[];
  now: Date;
  begin: Draft | null;
  activate: Activate;
  bundles: Bundle[];
  verbs: OwnVerbs;
  timing: TimingVerbs;
  checkTicket: CheckTicket;
  /** What of a link could not be done. */
  notes: string[];
}

/** What one may activate: found as one types, chosen by ticking, asked for in the sheet beside it. */
export function Eligible(props: Props) {
  const { rows, recent, now, begin, activate, bundles, verbs, timing, checkTicket, notes } = props;
  const [typed, setTyped] = useState('');
  const top = useRef<HTMLDivElement>(null);
  const [unchosen] = useState(
    () =>
      begin?.keys.some((key) => !withGained(rows, bundles).some((row) => row.key === key && !row.blocked)) ??
      false,
  );
  const find = useRef<HTMLInputElement>(null);
  const activation = useActivation({
    ...{ rows: withGained(rows, bundles), now, begin, activate, timing, checkTicket },
  });
  // The letter is there at once, the list follows.
  const wanted = useDeferredValue(typed).trim();
  const found = wanted ? rows.filter((row) => finds(wanted, row)) : rows;
  const groups = byPlane(found);
  const open = activation.chosen.length > 0 || activation.sent.length > 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: see below.
  useEffect(() => {
    if (begin) top.current?.scrollIntoView();
    // Once: a later reading of the page must not move it.
  }, []);

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== '/' || !isOurs(event) || !keysAreOn()) return;
      event.preventDefault();
      find.current?.focus();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);

  return (
    <OwnVerbsOf value={verbs}>
      <div className="lg:grid lg:grid-cols-[minmax(0,1fr)_352px] lg:items-start lg:gap-6" ref={top}>
        <StarShape />
        <div className={open ? 'pb-[60dvh] lg:pb-0' : ''} onPointerEnter={loadSheet}>
          {(bundles.length > 0 || rows.some(({ favourite }) => favourite)) && (
            <AtHand activation={activation} bundles={bundles} rows={rows} />
          )}
          <Section aside={countWords(rows, found)} title="Eligible">
            <div className="relative mb-3">
              <Search aria-hidden="true" className="absolute top-[9px] left-2.5 size-4 text-faint" />
              <input
                aria-label="Find a role, scope or group"
                autoComplete="off"
                className="input bg-sheet pr-9 pl-8 [&::-webkit-search-cancel-button]:hidden"
                onChange={(event) => setTyped(event.target.value)}
                onKeyDown={(event) => event.key === 'Escape' && setTyped('')}
                placeholder="Find a role, scope or group"
                ref={find}
                type="search"
                value={typed}
              />
              <span aria-hidden="true" className="key absolute top-[8px] right-2.5 hidden md:block">
                /
              </span>
            </div>
            <LinkNotes notes={notes} />
            {unchosen && (
              <Notice>
                What you asked for before cannot be chosen now: it is on, already asked for, or no longer
                yours.
              </Notice>
            )}
            {groups.map((group) => (
              <EligibleTable
                activation={activation}
                heading={group.heading}
                key={group.plane}
                rows={group.rows}
              />
            ))}
            {groups.length === 0 && (
              <p className="panel px-4 py-5 text-soft">
                Nothing you are eligible for matches “{wanted}”.{' '}
                <button className="link" onClick={() => setTyped('')} type="button">
                  Show all {rows.length}
                </button>
              </p>
            )}
          </Section>
        </div>
        {open ? <ActivationSheet activation={activation} recent={recent} /> : <SheetPlace />}
      </div>
    </OwnVerbsOf>
  );
}

function SheetPlace() {
  return (
    <div className="sticky top-6 mt-[25px] hidden rounded-xl border border-line-2 border-dashed px-5 py-6 text-soft text-sm lg:block">
      <p className="font-[550] text-ink">Tick what the task needs</p>
      <p className="mt-1">
        One or several, from any plane. The form opens here and asks only for what their rules ask. Access
        ends by itself.
      </p>
    </div>
  );
}

function countWords(rows: EligibleRow[], found: EligibleRow[]) {
  const all = `${rows.length} ${rows.length === 1 ? 'role' : 'roles'}`;
  return <span role="status">{found.length === rows.length ? all : `${found.length} of ${all}`}</span>;
}
