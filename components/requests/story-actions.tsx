import Link from 'next/link';
import { roleAtScopeName } from '#components/roles/role-words.ts';
import { StepUpButton } from '#components/step-up/step-up-button.tsx';
import { Ago } from '#components/ui/ago.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { RequestStory } from '#lib/queries/rows.ts';
import { ActionButton } from './action-button.tsx';

type Verb = (requestId: string) => Promise<Outcome<null>>;

export interface StoryVerbs {
  cancel: Verb;
  end: Verb;
  resume: Verb;
  start: Verb;
  probe: Verb;
}

/** What the viewer may do with the request now. */
export function StoryActions({ story, verbs }: { story: RequestStory; verbs: StoryVerbs }) {
  const { id, may, endableAt, now, stepUp } = story;
  return (
    <div className="flex flex-wrap items-start gap-2">
      {(may.resume || may.end || may.cancel) && stepUp && (
        <StepUpButton ask={stepUp} name={roleAtScopeName(story)} requestId={id} />
      )}
      {may.resume && !stepUp && (
        <ActionButton label="Resume" look="btn btn-go" run={verbs.resume.bind(null, id)} />
      )}
      {may.start && <ActionButton label="Start" look="btn btn-go" run={verbs.start.bind(null, id)} />}
      {(may.decide || may.sign) && (
        <Link className="btn btn-go" href={`/approvals#${id}`} prefetch={false}>
          Decide
        </Link>
      )}
      {may.end && <ActionButton label="End now" run={verbs.end.bind(null, id)} />}
      {may.extend && (
        <Link className="btn" href={`/?extend=${id}`} prefetch={false}>
          Extend
        </Link>
      )}
      {may.end && endableAt && (
        <span className="self-center text-faint text-xs">
          can be ended <Ago at={endableAt} now={now} />
        </span>
      )}
      {may.cancel && <ActionButton label="Cancel" run={verbs.cancel.bind(null, id)} />}
      {may.askAgain && (
        <Link className="btn" href={`/?again=${id}`} prefetch={false}>
          Ask again
        </Link>
      )}
    </div>
  );
}
