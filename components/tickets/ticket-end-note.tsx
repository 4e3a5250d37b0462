import { Notice } from '#components/ui/notice.tsx';
import { When } from '#components/ui/when.tsx';
import type { TicketEnd } from '#lib/queries/ticket-rows.ts';

interface Props {
  end: TicketEnd;
  /** The viewer has the access; else who has it. */
  own: boolean;
  name: string;
}

/** The ticket is closed: whether that ends the access, and what to do. */
export function TicketEndNote({ end, own, name }: Props) {
  return (
    <Notice>
      {end.key} is {end.state}, seen <When at={end.closedAt} />. <What end={end} name={name} own={own} />
    </Notice>
  );
}

function What({ end: { stands, overAt, why }, own, name }: Props) {
  const endNow = own ? 'End it now if the work is done.' : `${name} can end it.`;
  switch (stands) {
    case 'waits':
      return (
        <>
          Still so after <When at={overAt} />, the access is to end; opened again before, it stays.
        </>
      );
    case 'asked':
      return `Stint has asked for its end. Until Azure no longer holds it, count it as on. ${why ?? ''}`;
    case 'stuck':
      return `Stint asked for its end, and it is not ended: ${why ?? 'Azure did not take it.'} ${endNow}`;
    case 'let_go':
      return `The end that Stint asked for was taken back by an administrator. ${endNow}`;
    case 'by_hand':
      return `Stint cannot end this access by itself. ${endNow}`;
  }
}
