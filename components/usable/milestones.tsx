import { When } from '#components/ui/when.tsx';
import { secondsInWords } from '#lib/domain/time.ts';
import type { RequestStory } from '#lib/queries/rows.ts';
import { Waited } from './waited.tsx';

interface Step {
  name: string;
  at: Date | null;
}

/** The clock on it: asked, approved, granted, active, works; what each step took, and which one is under way. */
export function Milestones({ story }: { story: RequestStory }) {
  const steps = stepsOf(story);
  const under = waitsForAzure(story);
  return (
    <ol className="flex flex-wrap gap-x-5 gap-y-2 text-sm">
      {steps.map(({ name, at }, index) => (
        <li className={at ? '' : 'text-faint'} key={name}>
          <span className="font-[550]">{name}</span>
          <span className="block text-faint text-xs">
            {at ? <When at={at} toTheSecond /> : under && index === firstOpen(steps) ? under : 'not yet'}
            {at && took(steps, index)}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** Steps that this request has: without approval none is shown, nor a start where it starts at once. */
function stepsOf(story: RequestStory): Step[] {
  const { filedAt, approvedAt, grantedAt, activeAt, usableAt, policy } = story;
  return [
    { name: 'Asked', at: filedAt },
    ...(policy?.approval || approvedAt ? [{ name: 'Approved', at: approvedAt }] : []),
    { name: 'Granted', at: grantedAt ?? (activeAt && !approvedAt ? activeAt : null) },
    { name: 'Active', at: activeAt },
    ...(usableAt || story.status === 'active' ? [{ name: 'Works', at: usableAt }] : []),
  ];
}

const firstOpen = (steps: readonly Step[]) => steps.findIndex(({ at }) => at === null);

/** What the step took, where the one before it is known. */
function took(steps: readonly Step[], index: number): string {
  const [at, before] = [steps[index]?.at, steps[index - 1]?.at];
  if (!at || !before) return '';
  const seconds = (at.getTime() - before.getTime()) / 1000;
  return seconds >= 1 ? ` · ${secondsInWords(seconds)}` : '';
}

function waitsForAzure(story: RequestStory) {
  const { status, now, speed, activeAt, probe } = story;
  if (status === 'active') {
    if (probe === 'cannot_tell') return 'cannot be told from here';
    if (probe === 'late') return 'never seen';
    return probe === 'trying' && activeAt ? (
      <Waited now={now} since={activeAt} speed={null} />
    ) : (
      'not measured'
    );
  }
  if (status !== 'filed' && status !== 'provisioning') return null;
  return <Waited now={now} since={story.approvedAt ?? story.filedAt} speed={speed} />;
}
