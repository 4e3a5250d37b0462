import { expect, test } from 'vitest';
import { ticketKinds } from '#lib/domain/ticket-system.ts';
import { factsOf, formOf, newForm } from './ticket-form.ts';

test.each(ticketKinds)('a form for %s opened and sent again says the same', (kind) => {
  const facts = factsOf({
    ...newForm(kind),
    name: 'Desk',
    baseUrl: 'https://desk.example.com/',
    project: 'a/b',
  });
  expect(factsOf(formOf({ id: 'x', ...facts }))).toEqual(facts);
});

test('patterns part at spaces and commas, closed states at commas alone', () => {
  const form = {
    ...newForm('servicenow'),
    patterns: 'INC{n}, CHG{n}',
    closedStates: 'Closed, Closed complete',
  };
  expect(factsOf(form)).toMatchObject({
    patterns: ['INC{n}', 'CHG{n}'],
    closedStates: ['Closed', 'Closed complete'],
  });
});
