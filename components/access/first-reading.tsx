import { Section } from '#components/ui/section.tsx';

const lines = ['a', 'b', 'c', 'd', 'e'];

/** Before Azure has ever been read for this person: says so, and shows nothing that is not known. */
export function FirstReading() {
  return (
    <Section title="Eligible">
      <div className="panel px-4 py-4">
        <p role="status">Reading your access from Azure…</p>
        <p className="text-faint text-sm">
          The first time takes a few seconds. Nothing to do; the page fills by itself.
        </p>
        <div aria-hidden="true" className="mt-4 grid gap-3">
          {lines.map((line) => (
            <div className="flex gap-4" key={line}>
              <span className="size-4 rounded-sm bg-track" />
              <span className="h-4 flex-1 motion-safe:animate-pulse rounded-sm bg-track" />
              <span className="h-4 w-28 motion-safe:animate-pulse rounded-sm bg-track" />
            </div>
          ))}
        </div>
      </div>
    </Section>
  );
}
