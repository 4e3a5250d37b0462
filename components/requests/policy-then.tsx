import type { Approver, PolicyFacts } from '#lib/domain/policy.ts';
import { inWords } from '#lib/domain/time.ts';

interface Props {
  policy: PolicyFacts | null;
  approvers: Approver[];
  title?: string;
}

/** PIM's rules, as a rule as they were when it was asked, and who could decide. */
export function PolicyThen({ policy, approvers, title = 'The rules then' }: Props) {
  return (
    <div className="panel px-4 py-3.5 text-sm">
      <h2 className="font-semibold text-soft">{title}</h2>
      {policy ? (
        <Rules policy={policy} />
      ) : (
        <p className="mt-1 text-soft">Not known to Stint; PIM decides by its own.</p>
      )}
      {(approvers.length > 0 || policy?.approval) && (
        <>
          <h2 className="mt-3 font-semibold text-soft">Who can decide</h2>
          {approvers.length === 0 ? (
            <p className="mt-1">PIM’s administrators</p>
          ) : (
            <ul className="mt-1 grid gap-0.5">
              {approvers.map(({ id, name, through }) => (
                <li key={id}>
                  {name} {through && <span className="text-faint">through {through}</span>}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </div>
  );
}

function Rules({ policy }: { policy: PolicyFacts }) {
  const asked = [
    policy.justification && 'a reason',
    policy.ticket && 'a ticket',
    policy.mfa && 'multifactor authentication',
    policy.authenticationContext && `a stronger sign-in (${policy.authenticationContext})`,
    policy.approval && 'an approval',
  ].filter(Boolean);
  return (
    <dl className="mt-1 grid grid-cols-[4.5rem_minmax(0,1fr)] gap-y-1">
      <dt className="text-faint">Longest</dt>
      <dd>{inWords(policy.maximumMinutes)}</dd>
      <dt className="text-faint">Asked</dt>
      <dd>{asked.length > 0 ? asked.join(', ') : 'nothing'}</dd>
    </dl>
  );
}
