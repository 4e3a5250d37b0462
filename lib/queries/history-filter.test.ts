import { expect, test } from 'vitest';
import { filterQuery, parseHistoryFilter } from './history-filter.ts';

test('days are days of UTC, the last one included', () => {
  expect(parseHistoryFilter({ from: '2026-11-01', to: '2026-11-30' })).toEqual({
    from: new Date('2026-11-01T00:00:00Z'),
    to: new Date('2026-12-01T00:00:00Z'),
  });
});

test.each([
  { plane: 'aws' },
  { status: '__proto__' },
  { from: '2026-02-31' },
  { to: 'yesterday' },
  { person: ['a', 'b'] },
  { role: '   ' },
  { role: '\0' },
])('what cannot be read filters nothing: %o', (query) => expect(parseHistoryFilter(query)).toEqual({}));

test('links keep the filter and nothing else', () => {
  expect(filterQuery({ person: 'ada', cursor: 'x', status: '' }).toString()).toBe('person=ada');
});
