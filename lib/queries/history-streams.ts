import { and, gte, ilike, lt, or, type SQL, Subquery, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { requesterNames, roleNames } from '#db/schema/names.ts';
import { requests, roleHash } from '#db/schema/requests.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayReadAllHistory } from '#lib/domain/permission.ts';
import { containing, mayContain } from './containing.ts';
import { beyond, type Cursor, order } from './keyset.ts';
import type { HistoryFilter } from './rows.ts';

/** Rows in the record's order, from one index: all of it, one status or plane, or some people's or roles' merged. */
export interface Stream {
  /** Of each key, as JSON, with the names that make a row theirs; null: one stream without keys. */
  keys: { among: SQL; values: object[] } | null;
  /** What makes a row part of it. */
  where: SQL | undefined;
  /** What of the filter it leaves open. */
  left: HistoryFilter;
}

/** So many people or roles are read each for themselves; more of them are met often enough on the way. */
const mostKeys = 150;

/** The stream that reads the fewest rows in vain; null when nobody and nothing is called so. */
export async function narrowest(viewer: Actor, filter: HistoryFilter): Promise<Stream | null> {
  const { person, role, status, plane, ...dates } = filter;
  if (!mayReadAllHistory(viewer)) {
    return { keys: null, where: sql`${requests.requesterId} = ${viewer.objectId}`, left: filter };
  }
  if (person) {
    const people = await peopleCalled(person);
    if (people.length === 0) return null;
    if (people.length <= mostKeys) return { ...byPerson(people), left: { ...filter, person: '' } };
  }
  if (role) {
    const roles = await rolesCalled(role);
    if (roles.length === 0) return null;
    if (roles.length <= mostKeys) return { ...byRole(roles), left: { ...filter, role: '' } };
  }
  const texts = { ...dates, ...(person && { person }), ...(role && { role }) };
  if (status && status !== 'ended') {
    const left = { ...texts, ...(plane && { plane }) };
    return { keys: null, where: sql`${requests.status} = ${status}`, left };
  }
  const left = { ...texts, ...(status && { status }) };
  return { keys: null, where: plane && sql`${requests.plane} = ${plane}`, left };
}

/** The first `most` rows of a stream beyond the cursor and between the filter's dates, in place of the table. */
export function readings(
  stream: Stream,
  filter: HistoryFilter,
  cursor: Cursor | null,
  most: number,
): Subquery {
  const within = and(stream.where, between(filter), beyond(cursor));
  const sorted = sql.join(order(cursor), sql`, `);
  const rows = (columns: SQL) =>
    sql`select ${columns} from requests ${within ? sql`where ${within}` : sql``} order by ${sorted} limit ${most}`;
  if (!stream.keys) return asRequests(rows(sql`requests.*`));
  // Merged by their places alone, so that no more whole rows are read than are wanted.
  const { among, values } = stream.keys;
  const places = sql`select requests.* from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as k(${among}),
    lateral (${rows(sql`requests.filed_at, requests.id`)}) as requests order by ${sorted} limit ${most}`;
  return asRequests(sql`select whole.* from (${places}) as place join requests whole on whole.id = place.id`);
}

/** Filed between the filter's dates. */
export function between({ from, to }: HistoryFilter): SQL | undefined {
  return and(from && gte(requests.filedAt, from), to && lt(requests.filedAt, to));
}

const asRequests = (rows: SQL) => new Subquery(rows, {}, 'requests');

async function peopleCalled(text: string) {
  const called = await db()
    .selectDistinct({ id: requesterNames.requesterId, name: requesterNames.name })
    .from(requesterNames)
    .where(
      or(
        sql`${requesterNames.requesterId} = ${text}`,
        and(
          mayContain(sql`name_parts(${requesterNames.name})`, text),
          ilike(requesterNames.name, containing(text)),
        ),
      ),
    )
    .limit(mostKeys + 1);
  return distinct(called.map(({ id, name }) => ({ id, name: id === text ? null : name })));
}

/** The person under that name: a request keeps the name that its person had. */
function byPerson(values: object[]): Omit<Stream, 'left'> {
  const where = sql`${requests.requesterId} = k.id and (k.name is null or ${requests.requesterName} = k.name)`;
  return { keys: { among: sql`id text, name text`, values }, where };
}

async function rolesCalled(text: string) {
  const parts = sql`name_parts(${roleNames.roleName} || ' ' || ${roleNames.scopeName})`;
  const called = await db()
    .selectDistinct({
      hash: sql<string>`${roleHash(roleNames)}::text`,
      role: roleNames.roleName,
      scope: roleNames.scopeName,
    })
    .from(roleNames)
    .where(
      and(
        mayContain(parts, text),
        or(ilike(roleNames.roleName, containing(text)), ilike(roleNames.scopeName, containing(text))),
      ),
    )
    .limit(mostKeys + 1);
  return distinct(called);
}

function byRole(values: object[]): Omit<Stream, 'left'> {
  const where = sql`${roleHash(requests)} = k.hash and ${requests.roleName} = k.role and ${requests.scopeName} = k.scope`;
  return { keys: { among: sql`hash uuid, role text, scope text`, values }, where };
}

/** Two filings at once may have noted a name twice. */
function distinct<Key extends object>(keys: Key[]): Key[] {
  return [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()];
}
