import { Ago } from '#components/ui/ago.tsx';
import { Notice } from '#components/ui/notice.tsx';

interface Props {
  now: Date;
  beatAt: Date | null;
  isThere: boolean;
}

/** Whether the process that may change assignments is there, and what it is. */
export function ApplierState({ now, beatAt, isThere }: Props) {
  return (
    <div className="mb-6 max-w-prose space-y-2 text-sm">
      <p className="text-soft">
        The Applier carries out what reviews decide, and ends what went past the approval policy: it is the
        one process that may change assignments, it holds its own credential, and nobody can reach it from
        outside. It acts only where it is switched on, and never takes away the last administrator, the last
        approver or an emergency account.
      </p>
      {isThere && beatAt ? (
        <p>
          It is running, heard <Ago at={beatAt} now={now} />.
        </p>
      ) : (
        <Notice>
          The Applier is not running{beatAt ? ', last heard ' : ''}
          {beatAt && <Ago at={beatAt} now={now} />}. Changes wait until it is: start it with{' '}
          <code>npm run applier</code>.
        </Notice>
      )}
    </div>
  );
}
