import { describe, expect, test } from 'vitest';
import {
  asksTheSame,
  type Challenge,
  challengeNote,
  challengeWords,
  contextClaims,
  contextsIn,
  mfaClaims,
  nextChallenge,
} from './challenge.ts';

const fromPolicy: Challenge = {
  audience: 'graph',
  claims: contextClaims('c1'),
  from: 'policy',
  repeats: 0,
};
/** As PIM spaces it. */
const byAzure = '{"access_token":{"acrs":{"essential":true, "value":"c1"}}}';

test('the same claims are the same however they are spaced, and only for the same audience', () => {
  expect(asksTheSame(fromPolicy, { audience: 'graph', claims: byAzure })).toBe(true);
  expect(asksTheSame(fromPolicy, { audience: 'arm', claims: byAzure })).toBe(false);
  expect(asksTheSame(fromPolicy, { audience: 'graph', claims: contextClaims('c2') })).toBe(false);
  expect(asksTheSame(fromPolicy, { audience: 'graph', claims: 'not json' })).toBe(false);
});

test('a challenge that comes again after its sign-in is counted, another one begins anew', () => {
  const again = nextChallenge(fromPolicy, { audience: 'graph', claims: byAzure });
  expect(again).toEqual({ audience: 'graph', claims: byAzure, from: 'azure', repeats: 1 });
  expect(nextChallenge(again, { audience: 'graph', claims: byAzure }).repeats).toBe(2);
  expect(nextChallenge(again, { audience: 'graph', claims: mfaClaims }).repeats).toBe(0);
  expect(nextChallenge(null, { audience: 'graph', claims: byAzure }).repeats).toBe(0);
});

describe('in words', () => {
  test('it names the context, or that it is MFA', () => {
    expect(contextsIn(byAzure)).toEqual(['c1']);
    expect(challengeWords(byAzure)).toContain('authentication context c1');
    expect(challengeWords(mfaClaims)).toBe('multifactor authentication');
    const mandatory = '{"access_token":{"acrs":{"essential":true,"values":["p1"]}}}';
    expect(challengeWords(mandatory)).toBe('multifactor authentication');
    expect(challengeWords('not json')).toBe('a stronger sign-in');
  });

  test('it says what to do, and after a repeat what the administrator should check', () => {
    expect(challengeNote(fromPolicy)).toContain('This role asks for');
    expect(challengeNote({ ...fromPolicy, from: 'azure' })).toContain('Azure asks for');
    const again = challengeNote({ ...fromPolicy, repeats: 1 });
    expect(again).toContain('the same again after you signed in');
    expect(again).toContain('Conditional Access policy');
  });
});
