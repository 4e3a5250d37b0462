import Link from 'next/link';
import { Section } from '#components/ui/section.tsx';
import { type RiskLevel, riskLevels, riskNames } from '#lib/domain/finding.ts';
import { mostCounted } from '#lib/queries/posture-rows.ts';

const tones: Record<RiskLevel, string> = { high: 'text-risk', medium: 'text-warn', low: '' };

/** How many findings are open, by risk; each number leads to them. */
export function OpenFindings({ open }: { open: Record<RiskLevel, number> }) {
  return (
    <Section aside="what deserves a look, worst first" title="Open findings">
      <ul className="panel grid grid-cols-3 divide-x divide-line text-sm">
        {riskLevels.map((risk) => (
          <li className="px-3.5 py-2.5" key={risk}>
            <Link
              className="grid min-h-11 content-start no-underline hover:underline"
              href={`/posture/findings?risk=${risk}`}
              prefetch={false}
            >
              <span className={`font-[600] text-xl ${open[risk] > 0 ? tones[risk] : 'text-faint'}`}>
                {open[risk] > mostCounted
                  ? `${mostCounted.toLocaleString('en')}+`
                  : open[risk].toLocaleString('en')}
              </span>{' '}
              <span className="text-soft">{riskNames[risk].toLowerCase()} risk</span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
