import { expect, test } from 'vitest';
import type { EligibleRow } from '#lib/queries/rows.ts';
import { finds } from './finds.ts';

const row: EligibleRow = {
  plane: 'azure',
  roleId: 'r',
  scopeId: 's',
  key: 'k',
  roleName: 'Contributor',
  scopeName: 'Staging',
  scopeKind: 'subscription',
  throughGroupName: 'sg-platform',
  endsAt: null,
  policy: null,
  dangers: [{ what: 'reads storage keys', action: 'x' }],
  critical: false,
  blocked: null,
  activations: 0,
  lastActivatedAt: null,
  speed: null,
  usual: null,
  favourite: null,
  locks: [],
  onByRequestId: null,
};

test.each(['contrib', 'STAGING con', 'azure', 'sg-plat', 'storage keys'])(
  '“%s” finds it by its parts, in any order',
  (typed) => expect(finds(typed, row)).toBe(true),
);

test('every word has to be there', () => expect(finds('contributor production', row)).toBe(false));
