import { Chip } from '#components/ui/chip.tsx';
import { chipsOf } from './policy-chips.ts';

/** Policy and risk of a role as chips. */
export function Facts(props: Parameters<typeof chipsOf>[0]) {
  return (
    <div className="flex min-w-0 flex-wrap gap-1.5">
      {chipsOf(props).map(({ text, tone, title }) => (
        <Chip key={text} title={title} tone={tone}>
          {text}
        </Chip>
      ))}
    </div>
  );
}
