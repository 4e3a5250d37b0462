import Link from 'next/link';
import { PolicyThen } from '#components/requests/policy-then.tsx';
import { roleAtScopeName, roleTitle, scopeWords } from '#components/roles/role-words.ts';
import { Chip } from '#components/ui/chip.tsx';
import { Section } from '#components/ui/section.tsx';
import { When } from '#components/ui/when.tsx';
import { holdingKindNames } from '#lib/domain/inventory.ts';
import { principalKindNames } from '#lib/domain/principal.ts';
import { decisionNames, reviewerRuleNames } from '#lib/domain/review-words.ts';
import type { ItemStory } from '#lib/queries/review-rows.ts';
import { ChangeState } from './change-state.tsx';
import { countOf } from './count-words.ts';
import { DecisionState } from './decision-state.tsx';
import { EvidenceList } from './evidence-list.tsx';
import { ItemDesk } from './item-desk.tsx';
import { RoleCan } from './role-can.tsx';
import type { ItemVerbs } from './use-desk.ts';

interface Props {
  story: ItemStory;
  /** The viewer is one of those who are asked about it. */
  isAsked: boolean;
  verbs: ItemVerbs;
}

/** One item with everything that helps to decide it. */
export function ItemPage({ story, isAsked, verbs }: Props) {
  const { main, aside } = roleTitle(story);
  const { plane, name, kind } = scopeWords(story);
  const list = isAsked ? `/reviews/${story.campaignId}/items` : `/reviews/${story.campaignId}`;
  return (
    <>
      <p className="mb-1 text-faint text-xs">
        <Link className="link inline-flex min-h-6 items-center" href={list} prefetch={false}>
          {story.campaignName}
        </Link>
      </p>
      <h1 className="min-w-0">
        <bdi>{story.principalName}</bdi>{' '}
        <span className="font-normal text-faint text-lg">{principalKindNames[story.principalKind]}</span>
      </h1>
      <p className="mb-2 text-soft">
        <bdi className="font-[550] text-ink">{main}</bdi> {aside} · {plane}
        {name && (
          <>
            {' · '}
            <bdi className="font-medium text-ink">{name}</bdi>
          </>
        )}
        {kind && ` (${kind})`}
      </p>
      <p className="mb-5 flex flex-wrap gap-1.5">
        <Chip tone={story.kind === 'standing' ? 'warn' : 'plain'}>{holdingKindNames[story.kind]}</Chip>
        {story.isCritical && <Chip tone="risk">critical</Chip>}
        {story.throughGroup && <Chip>through {story.throughGroup.name}</Chip>}
      </p>
      <div className="lg:grid lg:grid-cols-[minmax(0,1fr)_320px] lg:items-start lg:gap-6">
        <div className="min-w-0">
          <section aria-label="Decision" className="panel mb-7 grid gap-3 px-4 py-3.5">
            <div className="text-sm">
              <DecisionState row={story} />
            </div>
            {story.may.decide && <ItemDesk story={story} verbs={verbs} />}
            {story.change && <ChangeState change={story.change} />}
          </section>
          <Section aside="as it was when the review opened" title="What is known">
            <div className="panel px-3.5 py-2.5">
              {story.evidence.length > 0 ? (
                <EvidenceList evidence={story.evidence} />
              ) : (
                <p className="text-sm text-soft">Nothing beyond the assignment itself.</p>
              )}
            </div>
          </Section>
          {story.throughGroup ? (
            <GroupGives
              aside={`Remove means leaving ${story.throughGroup.name}; the group keeps its roles`}
              rows={story.groupGives}
              title="What else leaving it takes away"
            />
          ) : (
            story.groupGives.length > 0 && (
              <GroupGives
                aside="all of it goes with it; the group keeps its roles"
                rows={story.groupGives}
                title="What the membership gives"
              />
            )
          )}
          {story.members && (
            <Section
              aside={`${countOf(story.members.count, 'principal')} get this access through it`}
              title="In the group"
            >
              <p className="panel px-3.5 py-2.5 text-sm">
                {story.members.names.join(', ') || 'Nobody.'}
                {story.members.count > story.members.names.length &&
                  ` and ${story.members.count - story.members.names.length} more`}
              </p>
            </Section>
          )}
          <RoleCan role={story.role} />
          {story.earlier.length > 0 && <Earlier rows={story.earlier} />}
        </div>
        <div className="grid grid-cols-1 gap-4">
          <div className="panel px-4 py-3.5 text-sm">
            <h2 className="font-semibold text-soft">Who is asked</h2>
            {story.reviewers.length === 0 && <p className="mt-1">Nobody: silence decides at the close.</p>}
            <ul className="mt-1 grid gap-0.5">
              {story.reviewers.map(({ id, name: reviewer, rule, isTheirs }) => (
                <li className={isTheirs ? '' : 'text-faint'} key={id}>
                  <bdi>{reviewer}</bdi>{' '}
                  <span className="text-faint text-xs">
                    {isTheirs ? reviewerRuleNames[rule].toLowerCase() : 'handed it on'}
                  </span>
                </li>
              ))}
            </ul>
            {story.handedOn
              .filter(({ note }) => note)
              .map(({ byName, toName, note, at }) => (
                <p className="mt-2 border-line border-t pt-2" key={at.toISOString()}>
                  <span className="text-faint text-xs">
                    <bdi>{byName}</bdi> to <bdi>{toName}</bdi>:
                  </span>{' '}
                  {note}
                </p>
              ))}
          </div>
          {story.kind === 'eligible' && (
            <PolicyThen
              approvers={story.policy?.approvers ?? []}
              policy={story.policy}
              title="To activate it"
            />
          )}
        </div>
      </div>
    </>
  );
}

interface Gives {
  title: string;
  aside: string;
  rows: ItemStory['groupGives'];
}

function GroupGives({ title, aside, rows }: Gives) {
  return (
    <Section aside={aside} title={title}>
      {rows.length === 0 ? (
        <p className="panel px-3.5 py-2.5 text-sm text-soft">
          Nothing else that Stint knows of. Files, mailboxes and licences are not Stint’s to see.
        </p>
      ) : (
        <ul className="panel divide-y divide-line px-3.5 text-sm">
          {rows.map((role) => (
            <li
              className="flex flex-wrap justify-between gap-x-4 py-1.5"
              key={`${role.plane} ${role.roleId} ${role.scopeId} ${role.kind}`}
            >
              {roleAtScopeName(role)}{' '}
              <span className="text-soft">{holdingKindNames[role.kind].toLowerCase()}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Earlier({ rows }: { rows: ItemStory['earlier'] }) {
  return (
    <Section title="Decided before">
      <ul className="panel divide-y divide-line px-3.5 text-sm">
        {rows.map((row) => (
          <li className="py-2" key={`${row.campaignName} ${row.decidedAt.getTime()}`}>
            <span className="font-[550]">{decisionNames[row.decision]}</span>{' '}
            <span className="text-soft">
              {row.bySilence ? 'by silence' : row.decidedByName && `by ${row.decidedByName}`} in{' '}
              {row.campaignName} · <When at={row.decidedAt} />
            </span>
            {row.rationale && <span className="block break-words text-soft">“{row.rationale}”</span>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
