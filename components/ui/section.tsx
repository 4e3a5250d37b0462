import { type ReactNode, useId } from 'react';

interface Props {
  title: string;
  /** A short remark beside the title. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A headed part of a page, named by its heading. */
export function Section({ title, aside, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mb-7">
      <div className="mb-1.5 flex flex-wrap items-baseline gap-x-2">
        <h2 className="text-sm font-semibold text-soft" id={id}>
          {title}
        </h2>
        {aside && <span className="text-xs text-faint">{aside}</span>}
      </div>
      {children}
    </section>
  );
}
