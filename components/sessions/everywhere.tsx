import { Live } from '#components/live/live.tsx';
import { Ago } from '#components/ui/ago.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Section } from '#components/ui/section.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';
import { RevokeSessions } from './revoke-sessions.tsx';

interface Props {
  /** The last time it was asked for; null: never. */
  last: { askedAt: Date; doneAt: Date | null; failure: string | null } | null;
  now: Date;
  revoke: (input: { sure: true }) => Promise<Outcome<null>>;
}

/** Every sign-in of the person, not only Stint's: for tokens that should not live out their hour. */
export function Everywhere({ last, now, revoke }: Props) {
  const isUnderWay = last !== null && last.doneAt === null;
  return (
    <div id="everywhere">
      <Section title="Everywhere">
        <p className="mb-3 max-w-prose text-soft">
          Access that has ended may live on in tokens that programs hold: usually up to an hour. Revoking ends
          the sign-ins those tokens are renewed with, in every application. Tokens already issued are not
          taken back, except where continuous access evaluation is in use. A guest’s sign-ins belong to their
          own organisation and cannot be ended here.
        </p>
        {isUnderWay ? (
          <p role="status">
            Asked for <Ago at={last.askedAt} now={now} />: Microsoft is being told, then Stint signs you out,
            too.
          </p>
        ) : (
          <RevokeSessions revoke={revoke} />
        )}
        {last?.failure && (
          <div className="mt-2">
            <Notice>{last.failure}</Notice>
          </div>
        )}
      </Section>
      <Live facts={[]} on={isUnderWay} />
    </div>
  );
}
