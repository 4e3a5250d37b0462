import { linkTo } from '#components/access/link-to.ts';
import { asksText, startMinutes } from '#components/access/start-minutes.ts';
import { choiceName, roleTitle, scopeWords } from '#components/roles/role-words.ts';
import { inWords } from '#lib/domain/time.ts';
import type { PaletteItem, PaletteOwn } from '#lib/queries/palette-rows.ts';
import { fuzzy } from './fuzzy.ts';

/** One line of the palette: what it says, and what Enter does. */
export interface Entry {
  id: string;
  group: 'Roles' | 'Bundles' | 'Actions' | 'Pages' | 'Requests' | 'People';
  title: string;
  note: string;
  /** What it is found by; missing: its title, and after what is called so its note. */
  by?: string;
  /** Before others that fit as well. */
  weight: number;
  does:
    | { what: 'go'; href: string }
    | { what: 'activate'; key: string; minutes: number }
    | { what: 'end'; ids: string[] }
    | { what: 'refresh' };
}

export const groups = ['Roles', 'Bundles', 'Actions', 'Requests', 'People', 'Pages'] as const;

/** What one's own things come to as lines. */
export function ownEntries({ roles, bundles, approved, active }: PaletteOwn, pages: Entry[]): Entry[] {
  return [
    ...roles.map((role): Entry => {
      const minutes = startMinutes(role);
      const { main, aside } = roleTitle(role);
      const { plane, name } = scopeWords(role);
      const how = asksText(role) ? 'opens the form' : `asks at once for ${inWords(minutes)}`;
      const blocked = role.blocked === 'already_live' ? 'on or asked for' : 'needs step-up';
      const opens = { what: 'go' as const, href: role.blocked ? '/' : linkTo([role]) };
      return {
        id: `role ${role.key}`,
        group: 'Roles',
        title: `${main}${aside ? ` ${aside}` : ''}`,
        note: [name ?? plane, role.blocked ? blocked : how].join(' · '),
        by: `${choiceName(role)} ${plane}`,
        weight: (role.favourite ? 4 : 0) + Math.min(role.activations, 20) / 10 - (role.blocked ? 3 : 0),
        does: role.blocked || asksText(role) ? opens : { what: 'activate', key: role.key, minutes },
      };
    }),
    ...bundles.map(
      ({ id, name, roles: within }): Entry => ({
        ...{ id: `bundle ${id}`, group: 'Bundles', title: name, note: within.join(', '), weight: 3 },
        does: { what: 'go', href: `/activate?bundle=${id}` },
      }),
    ),
    ...approved.map(
      ({ id, title }): Entry => ({
        ...{ id: `start ${id}`, group: 'Actions', title: `Start ${title}`, weight: 5 },
        ...{ note: 'approved; its window begins when you start it', by: `Start ${title}` },
        does: { what: 'go', href: `/requests/${id}` },
      }),
    ),
    ...(active.length > 0
      ? [
          {
            ...{ id: 'end', group: 'Actions' as const, title: 'End all my active access', weight: 0 },
            note: active.map(({ title }) => title).join(', '),
            // Not by the names of what it would end.
            by: 'End all my active access',
            does: { what: 'end' as const, ids: active.map(({ id }) => id) },
          },
        ]
      : []),
    {
      ...{ id: 'refresh', group: 'Actions', title: 'Refresh my access', weight: 0 },
      note: 'Has Stint read Azure again',
      does: { what: 'refresh' },
    },
    ...pages,
  ];
}

export function foundEntry({ kind, id, title, note, href }: PaletteItem): Entry {
  const group = kind === 'person' ? 'People' : 'Requests';
  return { id: `${kind} ${id}`, group, title, note, weight: 0, does: { what: 'go', href } };
}

const mostShown = 9;
/** What only stands beside a name comes after whatever is called so. */
const besideCosts = 100;

function scoreOf({ title, note, by, weight }: Entry, text: string): number | null {
  const named = fuzzy(text, by ?? title);
  if (named !== null) return named + weight;
  const beside = by === undefined ? fuzzy(text, `${title} ${note}`) : null;
  return beside === null ? null : beside + weight - besideCosts;
}

/** The best few for what is typed; nothing typed: favourites and what is used most, then the rest of what one can do. */
export function bestOf(entries: readonly Entry[], typed: string): Entry[] {
  const text = typed.trim();
  const scored = entries.flatMap((entry) => {
    const score = text ? scoreOf(entry, text) : entry.weight;
    return score === null ? [] : [{ entry, score }];
  });
  return scored
    .toSorted((one, other) => other.score - one.score)
    .slice(0, mostShown)
    .map(({ entry }) => entry);
}
