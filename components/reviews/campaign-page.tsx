import Link from 'next/link';
import { Live } from '#components/live/live.tsx';
import { ActionButton } from '#components/requests/action-button.tsx';
import { Ago } from '#components/ui/ago.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Section } from '#components/ui/section.tsx';
import { When } from '#components/ui/when.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { CampaignStory } from '#lib/queries/review-rows.ts';
import { AppliedTable } from './applied-table.tsx';
import { AskInstead, type AskInsteadVerb } from './ask-instead.tsx';
import { Burndown } from './burndown.tsx';
import { CampaignStatusChip } from './campaign-status-chip.tsx';
import { ConfirmButton } from './confirm-button.tsx';
import { countOf } from './count-words.ts';
import { PlanFacts } from './plan-facts.tsx';
import { ProgressBar } from './progress-bar.tsx';
import { ReviewerTable } from './reviewer-table.tsx';

type Verb = (id: string) => Promise<Outcome<null>>;

export interface CampaignVerbs {
  open: Verb;
  cancel: Verb;
  close: Verb;
  askInstead: AskInsteadVerb;
}

interface Props {
  story: CampaignStory;
  /** The viewer is asked about some of it. */
  isAsked: boolean;
  verbs: CampaignVerbs;
}

/** One review for those who run or audit it: how far it is, who is late, and what became of what was decided. */
export function CampaignPage({ story, isAsked, verbs }: Props) {
  const isFrozen = story.population !== null;
  return (
    <>
      <p className="mb-1 text-faint text-xs">
        <Link className="link inline-flex min-h-6 items-center" href="/reviews" prefetch={false}>
          Reviews
        </Link>
      </p>
      <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h1 className="min-w-0">
          <bdi>{story.name}</bdi>
        </h1>
        <CampaignStatusChip status={story.status} />
        <p className="basis-full text-soft">
          {whenWords(story)} · made by {story.createdByName}
          {story.plan.recurrence && ` · number ${story.number} of its series`}
        </p>
      </div>
      <Live facts={[]} on={['scheduled', 'open', 'applying'].includes(story.status)} />
      <Verbs isAsked={isAsked} story={story} verbs={verbs} />
      <div className="lg:grid lg:grid-cols-[minmax(0,1fr)_320px] lg:items-start lg:gap-6">
        <div className="min-w-0">
          {isFrozen && <Standing ask={verbs.askInstead} story={story} />}
          {isFrozen && <ReviewerTable ask={verbs.askInstead} story={story} />}
          {isFrozen && <AppliedTable story={story} />}
        </div>
        <div className="grid grid-cols-1 gap-4">
          <PlanFacts story={story} />
          <Series story={story} />
        </div>
      </div>
    </>
  );
}

function whenWords({ status, opensAt, closesAt, openedAt, closedAt, now }: CampaignStory) {
  if (status === 'draft') return 'not scheduled yet';
  if (status === 'scheduled' && opensAt <= now) return 'opens as soon as the tenant has been read to its end';
  if (status === 'scheduled') {
    return (
      <>
        opens <Ago at={opensAt} now={now} /> (<When at={opensAt} />)
      </>
    );
  }
  if (status === 'open') {
    return (
      <>
        closes <Ago at={closesAt} now={now} /> (<When at={closesAt} />)
      </>
    );
  }
  if (status === 'cancelled' && !openedAt) return 'given up before it opened';
  return (
    <>
      {status === 'cancelled' ? 'given up' : 'closed'} <When at={closedAt ?? closesAt} />
    </>
  );
}

function Verbs({ story, isAsked, verbs }: Props) {
  const { id, may, status } = story;
  const isFrozen = story.population !== null;
  return (
    <div className="mb-6 flex flex-wrap items-start gap-2">
      {isAsked && (
        <Link
          className={status === 'open' ? 'btn btn-go' : 'btn'}
          href={`/reviews/${id}/items`}
          prefetch={false}
        >
          Your items
        </Link>
      )}
      {may.open && <ActionButton label="Open now" look="btn btn-go" run={verbs.open.bind(null, id)} />}
      {may.edit && (
        <Link className="btn" href={`/reviews/${id}/edit`} prefetch={false}>
          Change
        </Link>
      )}
      {may.close && (
        <ConfirmButton
          label="Close now"
          run={verbs.close.bind(null, id)}
          what="Reviewers cannot decide any more, and silence counts for what is left. This cannot be taken back."
        />
      )}
      {may.cancel && (
        <ConfirmButton
          label="Give up"
          run={verbs.cancel.bind(null, id)}
          what="Nothing of it is applied, and what was decided counts for nothing. This cannot be taken back."
        />
      )}
      {isFrozen && (
        <>
          <Link className="btn" href={`/reviews/${id}/all`} prefetch={false}>
            All items
          </Link>
          <Link className="btn" href={`/reviews/${id}/report`} prefetch={false}>
            Report
          </Link>
          <a className="btn" href={`/api/exports/reviews/${id}`}>
            Evidence pack
          </a>
        </>
      )}
    </div>
  );
}

function Standing({ story, ask }: { story: CampaignStory; ask: AskInsteadVerb }) {
  const { id, may, progress, population, orphans, withoutReviewer, burndown, status } = story;
  return (
    <Section
      aside={`${countOf(population ?? 0, 'assignment')} frozen at the opening, ${countOf(orphans ?? 0, 'orphan')} among them`}
      title="Progress"
    >
      <div className="panel grid gap-4 px-4 py-3.5">
        <ProgressBar {...progress} over={status !== 'open'} />
        {withoutReviewer > 0 && status === 'open' && (
          <Notice>
            Nobody is asked about {countOf(withoutReviewer, 'item')}: silence will decide, and what it takes
            away waits for an administrator.
            {may.askInstead && <AskInstead ask={ask} campaignId={id} from={null} label="Ask somebody" />}
          </Notice>
        )}
        <Burndown
          closesAt={story.closesAt}
          days={burndown}
          opensAt={story.openedAt ?? story.opensAt}
          total={population ?? 0}
        />
      </div>
    </Section>
  );
}

function Series({ story: { series } }: { story: CampaignStory }) {
  if (series.length === 0) return null;
  return (
    <div className="panel px-4 py-3.5 text-sm">
      <h2 className="font-semibold text-soft">The others of its series</h2>
      <ul className="mt-1 grid gap-0.5">
        {series.map(({ id, number, status, opensAt }) => (
          <li className="flex flex-wrap items-center justify-between gap-x-3" key={id}>
            <Link className="link inline-flex min-h-6 items-center" href={`/reviews/${id}`} prefetch={false}>
              Number {number}
            </Link>
            <span className="text-faint text-xs">
              <When at={opensAt} />
            </span>
            <CampaignStatusChip status={status} />
          </li>
        ))}
      </ul>
    </div>
  );
}
