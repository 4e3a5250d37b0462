import { Section } from '#components/ui/section.tsx';

interface Props {
  preApproval: string;
  postApproval: string;
  registered: { clientId: string; audience: string } | null;
}

/** What to enter in Entra. */
export function Registration({ preApproval, postApproval, registered }: Props) {
  const facts: [name: string, value: string][] = [
    ['Target, before approval', preApproval],
    ['Target, after approval', postApproval],
    ...(registered
      ? ([
          ['Application ID URI', registered.audience],
          ['Client id', registered.clientId],
        ] as [string, string][])
      : []),
  ];
  return (
    <Section aside="the README has the steps" title="Registration">
      {!registered && (
        <p className="mb-2 text-soft text-sm">
          Not set up: Stint turns away whoever calls these addresses. Register an application for them and set
          STINT_PIM_EXTENSION_CLIENT_ID.
        </p>
      )}
      <dl className="panel grid gap-x-6 gap-y-1 px-3.5 py-2.5 text-sm sm:grid-cols-[170px_minmax(0,1fr)]">
        {facts.map(([name, value]) => (
          <div className="contents" key={name}>
            <dt className="text-soft">{name}</dt>
            <dd className="break-all font-mono text-xs sm:pt-0.5">{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
