import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import { builtActions, refusalsAfter, type Visitor, verdict, visit } from './visitor.ts';

const role = 'Application Administrator, Directory';

test.beforeAll(({ tenant }) => tenant.reset());
test.afterAll(({ tenant }) => tenant.reset());

test('a decision replayed, redirected or embroidered in twenty-five ways decides nothing', async ({
  ada,
  baseURL,
  tenant,
}) => {
  const origin = new URL(baseURL ?? '').origin;
  await ada.activates([role], { justification: 'Decide this', minutes: 30 });
  const id = (await ada.opensStory('Pending', role)).split('/').at(-1) ?? '';
  const act = builtActions().get('decideRequest');
  if (!act) throw new Error('The build has no decideRequest.');
  const [cy, samir, requester, petra, mira, auden, rhea, lou] = (await Promise.all(
    [
      'cy.tran',
      'samir.haddad',
      'ada.lind',
      'petra.holm',
      'mira.novak',
      'auden.hale',
      'rhea.silva',
      'lou.grant',
    ].map((login) => visit(origin, login)),
  )) as [Visitor, Visitor, Visitor, Visitor, Visitor, Visitor, Visitor, Visitor];
  const nobody = await visit(origin, null);
  const approve = { requestId: id, shownStage: null, decision: 'approve', justification: 'Yes' };
  const tried: [who: Visitor, input: unknown, expected: string][] = [
    [requester, approve, 'own_request'],
    [requester, { ...approve, requestId: id.toUpperCase() }, 'own_request'],
    [requester, { ...approve, decision: 'deny' }, 'own_request'],
    [requester, { ...approve, approverId: 'aaaaaaaa-0003-4000-8000-000000000003' }, 'own_request'],
    [requester, { ...approve, requesterId: 'aaaaaaaa-0008-4000-8000-000000000008' }, 'own_request'],
    [petra, approve, 'not_found'],
    [mira, approve, 'not_found'],
    [auden, approve, 'not_found'],
    [rhea, approve, 'not_found'],
    [lou, { ...approve, actor: { roles: ['Stint.Administrator'] } }, 'not_found'],
    [nobody, approve, 'not_signed_in'],
    [cy, { ...approve, requestId: '0d4b3a52-8a41-4c1e-9f6e-2f1d6b7c8a90' }, 'not_found'],
    [cy, { ...approve, requestId: [id] }, 'malformed'],
    [cy, { ...approve, requestId: `${id} ` }, 'malformed'],
    [cy, { ...approve, requestId: { id } }, 'malformed'],
    [cy, { ...approve, decision: 'Approve' }, 'malformed'],
    [cy, { ...approve, decision: true }, 'malformed'],
    [cy, { ...approve, decision: ['approve'] }, 'malformed'],
    [cy, { requestId: id, shownStage: null, justification: 'Yes' }, 'malformed'],
    [cy, { ...approve, shownStage: 'x' }, 'malformed'],
    [cy, { ...approve, justification: 'x'.repeat(501) }, 'justification_too_long'],
    [cy, { ...approve, decision: 'deny', justification: ' \u0000 ' }, 'justification_missing'],
  ];
  const found: string[] = [];
  for (const [who, input] of tried) found.push(await verdict(await who.act(act, [input])));
  expect(found).toEqual(tried.map(([, , expected]) => expected));
  expect(await tenant.activated('Ada Lind')).toEqual([]);

  // What else is sent along is not read: length and scope stay as asked.
  const embroidered = { ...approve, minutes: 480, scopeId: '/', roleId: 'x', principalId: 'x' };
  expect(await verdict(await cy.act(act, [embroidered]))).toBe('ok');
  await ada.visits('/');
  await ada.sees('Active now', role);
  await expect(ada.row('Active now', role)).not.toContainText('8 h');
  const late: [Visitor, unknown][] = [
    [cy, approve],
    [cy, { ...approve, decision: 'deny' }],
    [samir, approve],
    [samir, { ...approve, decision: 'deny', justification: 'No' }],
  ];
  for (const [who, input] of late) expect(await verdict(await who.act(act, [input]))).toBe('already_decided');

  const told = (await refusalsAfter(auden, 0)).map(
    ({ actorName, details: { door, code } }) => `${actorName} ${door} ${code}`,
  );
  const names = [
    'Ada Lind',
    'Petra Holm',
    'Mira Novak',
    'Auden Hale',
    'Rhea Silva',
    'Lou Grant',
    'a stranger',
  ];
  for (const name of names)
    expect(
      told.some((one) => one.startsWith(`${name} decideRequest`)),
      name,
    ).toBe(true);
  for (const code of new Set(tried.map(([, , one]) => one))) {
    expect(
      told.some((one) => one.endsWith(`decideRequest ${code}`)),
      code,
    ).toBe(true);
  }
  expect(told).toContain('Samir Haddad decideRequest already_decided');
  for (const one of [cy, samir, requester, petra, mira, auden, rhea, lou, nobody]) await one.leave();
});
