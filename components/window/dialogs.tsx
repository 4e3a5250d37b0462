'use client';

import { withStepUp } from '#components/step-up/with-step-up.ts';
import type { ActiveRow } from '#lib/queries/rows.ts';
import { EndDialog } from './end-dialog.tsx';
import { ExtendDialog } from './extend-dialog.tsx';
import { NeedDialog } from './need-dialog.tsx';
import type { MoreAsk, WindowVerbs } from './verbs.ts';

/** What is asked about a running window; `id` null: about all of them. */
export interface Question {
  about: 'extend' | 'need' | 'end';
  id: string | null;
  begin?: Partial<MoreAsk>;
}

interface Props {
  question: Question;
  rows: ActiveRow[];
  now: number;
  verbs: WindowVerbs;
  ask: (question: Question | null) => void;
}

/** The dialog a question opens; nothing where what it is about is not on any more. */
export function Dialogs({ question, rows, now, verbs, ask }: Props) {
  const { about, id, begin } = question;
  const close = () => ask(null);
  const row = rows.find(({ requestId }) => requestId !== null && requestId === id);
  if (about === 'end') {
    const meant = rows.filter(({ status, requestId }) => status === 'active' && requestId !== null);
    const asked = id === null ? meant : meant.filter(({ requestId }) => requestId === id);
    if (asked.length === 0) return null;
    return <EndDialog end={verbs.endSeveral} now={now} onClose={close} rows={asked} />;
  }
  if (!row) return null;
  if (about === 'extend') {
    if (!row.extension) return null;
    return (
      <ExtendDialog
        begin={begin}
        extend={(more) => withStepUp(() => verbs.extend(more))}
        onClose={close}
        row={row}
      />
    );
  }
  const onShort = (more: Partial<MoreAsk>) => ask({ about: 'extend', id, begin: more });
  return <NeedDialog addNeed={verbs.addNeed} now={now} onClose={close} onShort={onShort} row={row} />;
}
