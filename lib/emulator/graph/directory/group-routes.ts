import { findById } from '#lib/emulator/by-id.ts';
import { at, type Exchange, type Route, type Row } from '#lib/emulator/graph/exchange.ts';
import { collection, entity } from '#lib/emulator/graph/odata/collection.ts';
import { drawn } from '#lib/emulator/graph/odata/drawn.ts';
import type { EntitySet } from '#lib/emulator/graph/odata/print.ts';
import { requirePermission } from '#lib/emulator/graph/permissions.ts';
import { invalidId, resourceMissing } from '#lib/emulator/graph/refusal.ts';
import type { Group } from '#lib/emulator/state.ts';
import { readers, refuseGuests } from './directory-permissions.ts';
import { isGuid } from './is-guid.ts';
import { listObjects } from './list-objects.ts';
import { insideOf, transitiveMembers } from './members.ts';
import { directoryObject } from './objects.ts';
import { listReferences } from './references.ts';
import { isRestricted } from './restricted.ts';
import { groupDefaults, groupRow } from './rows.ts';

const inside: Record<string, (exchange: Exchange, group: Group) => string[]> = {
  members: ({ world }, group) => insideOf(world, group, 'member'),
  owners: ({ world }, group) => insideOf(world, group, 'owner'),
  transitiveMembers: ({ world }, group) => transitiveMembers(world, group),
};

/** Groups, and who is in them now. */
export const groupRoutes: Route[] = [
  {
    method: 'GET',
    path: '/groups',
    answer: (exchange) => {
      gate(exchange);
      return collection(
        exchange,
        drawn(exchange.world.state.groups, (one) => rowOf(exchange, one)),
        setOf(exchange),
      );
    },
  },
  {
    method: 'GET',
    path: '/groups/{id}',
    answer: (exchange) => entity(exchange, rowOf(exchange, groupOf(exchange)), setOf(exchange)),
  },
  ...Object.entries(inside).flatMap(([name, idsOf]): Route[] => {
    const answer: Route['answer'] = (exchange) => listObjects(exchange, idsOf(exchange, groupOf(exchange)));
    return [
      { method: 'GET', path: `/groups/{id}/${name}`, answer },
      { method: 'GET', path: `/groups/{id}/${name}/microsoft.graph.{kind}`, answer },
    ];
  }),
  ...(['member', 'owner'] as const).map(
    (role): Route => ({
      method: 'GET',
      path: `/groups/{id}/${role}s/$ref`,
      answer: (exchange) => listReferences(exchange, insideOf(exchange.world, groupOf(exchange), role)),
    }),
  ),
];

const rowOf = ({ world: { state } }: Exchange, group: Group) =>
  groupRow(group, isRestricted(state, group.id));

function gate(exchange: Exchange): void {
  requirePermission(exchange, readers.groups);
  refuseGuests(exchange);
}

function groupOf(exchange: Exchange): Group {
  gate(exchange);
  const wanted = at(exchange, 'id').toLowerCase();
  const group = findById(exchange.world.state.groups, wanted);
  if (!group) throw isGuid(wanted) ? resourceMissing(wanted) : invalidId(wanted);
  return group;
}

function setOf({ world }: Exchange): EntitySet {
  const { state } = world;
  const inGroup = (role: 'member' | 'owner') => ({
    read: ({ id }: Row): Row[] => {
      const group = findById(state.groups, String(id));
      const ids = group ? insideOf(world, group, role) : [];
      return ids.map((one) => directoryObject(state, one)).filter((row): row is Row => row !== null);
    },
  });
  return {
    context: 'groups',
    isDirectory: true,
    defaults: groupDefaults,
    expand: { members: inGroup('member'), owners: inGroup('owner') },
  };
}
