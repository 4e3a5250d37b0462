import Link from 'next/link';
import { campaignTemplates, type TemplateKey, templateKeys } from '#lib/domain/campaign-template.ts';

/** The four reviews that most tenants begin with. */
export function TemplateChoice({ chosen }: { chosen: TemplateKey | null }) {
  return (
    <nav aria-label="Templates" className="mb-7">
      <ul className="grid gap-2 sm:grid-cols-2">
        {templateKeys.map((key) => {
          const { name, what } = campaignTemplates[key];
          return (
            <li className="grid" key={key}>
              <Link
                aria-current={key === chosen ? 'true' : undefined}
                className="panel block px-3.5 py-2.5 hover:bg-wash aria-[current=true]:border-accent aria-[current=true]:bg-accent-wash"
                href={`/reviews/new?template=${key}`}
                prefetch={false}
              >
                <span className="block font-[550]">{name}</span>
                <span className="block text-sm text-soft">{what}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
