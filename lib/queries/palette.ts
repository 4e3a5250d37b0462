import { and, desc, ilike, or, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { people } from '#db/schema/people.ts';
import { requests } from '#db/schema/requests.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { calledIn } from '#lib/domain/bundle.ts';
import { mayReadAllHistory } from '#lib/domain/permission.ts';
import { statusNames } from '#lib/domain/request.ts';
import { myBundles } from './bundles.ts';
import { mine } from './columns.ts';
import { containing } from './containing.ts';
import { myAccess } from './my-access.ts';
import type { PaletteItem, PaletteOwn } from './palette-rows.ts';

const mostFound = 6;
const shortestText = 2;

/** What the viewer may activate and end, for the palette to find in as they type. */
export async function paletteOwn(viewer: Actor): Promise<PaletteOwn> {
  const [{ eligible, active, pending }, bundles] = await Promise.all([myAccess(viewer), myBundles(viewer)]);
  return {
    roles: eligible.map(({ dangers, critical, throughGroupName, endsAt, lastActivatedAt, ...role }) => role),
    bundles: bundles.map(({ id, name, roles }) => ({ id, name, roles: roles.map(calledIn) })),
    approved: pending.flatMap((row) =>
      row.status === 'approved' ? [{ id: row.id, title: calledIn(row) }] : [],
    ),
    active: active.flatMap(({ requestId, status, ...role }) =>
      requestId && status === 'active' ? [{ id: requestId, title: calledIn(role) }] : [],
    ),
  };
}

/** The viewer's own requests that contain the text, newest first, and people whose history is open to them. */
export async function paletteFinds(viewer: Actor, typed: string): Promise<PaletteItem[]> {
  const text = typed.replaceAll('\0', '').trim().slice(0, 100);
  if (text.length < shortestText) return [];
  const [own, others] = await Promise.all([requestsWith(viewer, text), peopleWith(viewer, text)]);
  return [
    ...own.map((row) => ({
      kind: 'request' as const,
      id: row.id,
      title: `${calledIn(row)}${row.plane === 'group' ? '' : `, ${row.scopeName}`}`,
      note: [statusNames[row.status], row.ticketNumber, row.justification].filter(Boolean).join(' · '),
      href: `/requests/${row.id}`,
    })),
    ...others.map(({ objectId, name, upn }) => ({
      kind: 'person' as const,
      id: objectId,
      title: name,
      note: ['History', upn].filter(Boolean).join(' · '),
      href: `/history?person=${encodeURIComponent(name)}`,
    })),
  ];
}

function requestsWith(viewer: Actor, text: string) {
  const { id, plane, roleName, scopeName, status, ticketNumber, justification } = requests;
  const within = sql`concat_ws(' ', ${roleName}, ${scopeName}, ${ticketNumber}, ${justification})`;
  return db()
    .select({
      id,
      plane,
      roleName,
      scopeName,
      scopeKind: requests.scopeKind,
      status,
      ticketNumber,
      justification,
    })
    .from(requests)
    .where(and(mine(viewer.objectId), sql`${within} ilike ${containing(text)}`))
    .orderBy(desc(requests.filedAt), desc(requests.id))
    .limit(mostFound);
}

function peopleWith(viewer: Actor, text: string) {
  if (!mayReadAllHistory(viewer)) return [];
  const { objectId, name, upn } = people;
  return db()
    .select({ objectId, name, upn })
    .from(people)
    .where(or(ilike(name, containing(text)), ilike(upn, containing(text))))
    .orderBy(name, objectId)
    .limit(mostFound);
}
