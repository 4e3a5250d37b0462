import { NoNote } from '#components/requests/no-note.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { When } from '#components/ui/when.tsx';
import type { useSaved } from './use-saved.ts';

type Form = Pick<
  ReturnType<typeof useSaved>,
  'no' | 'pending' | 'isTyped' | 'overtakenBy' | 'goOver' | 'giveUp'
>;

interface Props {
  form: Form;
  saved: { changedAt: Date | null; changedByName: string | null };
}

/** Saves, says who saved last, and what to do when somebody else was first. */
export function SaveBar({ form, saved }: Props) {
  const { no, pending, isTyped, overtakenBy, goOver, giveUp } = form;
  return (
    <div className="grid gap-2.5">
      {overtakenBy ? (
        <Notice alert>
          <p>
            {overtakenBy} saved this while you were at it. What you typed is still here, and was not saved.
          </p>
          <div className="mt-2 flex flex-wrap gap-1.5">
            <button className="btn btn-small" onClick={giveUp} type="button">
              Show theirs
            </button>
            <button className="btn btn-small" onClick={goOver} type="button">
              Keep mine, to save it over theirs
            </button>
          </div>
        </Notice>
      ) : no !== 'silence' && no?.code === 'conflict' ? null : (
        <NoNote no={no} />
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <button aria-disabled={pending || !isTyped} className="btn btn-go" type="submit">
          Save
        </button>
        <span className="text-faint text-xs">
          <span role="status">{pending ? 'Saving…' : ''}</span>
          {!pending && saved.changedAt && (
            <>
              saved <When at={saved.changedAt} /> by {saved.changedByName}
            </>
          )}
          {!pending && !saved.changedAt && 'as Stint comes; nobody has changed it'}
        </span>
      </div>
    </div>
  );
}
