import { expect, test } from 'vitest';
import { type Answer, type Began, matchAnswers } from './match-answers.ts';
import { plusMinutes } from './time.ts';

const nine = new Date('2026-11-02T09:00:00Z');
const at = (minutes: number) => plusMinutes(nine, minutes);
const day = 1500;

function answer(facts: Partial<Answer> = {}): Answer {
  return {
    ...{ key: crypto.randomUUID(), stage: 'pre_approval', outcome: 'approved', azureId: null },
    ...{ requestId: null, minutes: 60, startsAt: null, at: nine, ...facts },
  };
}
const began = (facts: Partial<Began> = {}): Began => ({
  ...{ id: 'a', azureId: null, minutes: 60, startsAt: at(1), ...facts },
});
const said = (activations: Began[], answers: Answer[], wait = day) =>
  Object.fromEntries(matchAnswers(activations, answers, wait));

test('an answer without an id is about the activation of its length that began at its start', () => {
  expect(said([began()], [answer()])).toEqual({ a: 'passed' });
  expect(said([began({ minutes: 480 })], [answer()])).toEqual({});
  expect(said([began({ minutes: null })], [answer()])).toEqual({});
  expect(said([began()], [answer({ startsAt: at(120) })])).toEqual({});
  expect(said([began({ startsAt: at(5000) })], [answer({ startsAt: at(5000) })])).toEqual({ a: 'passed' });
});

test('it counts for as long as PIM may wait for its own approver, where it has one', () => {
  expect(said([began({ startsAt: at(600) })], [answer()])).toEqual({ a: 'passed' });
  expect(said([began({ startsAt: at(600) })], [answer()], 10)).toEqual({});
});

test('an answer lets one activation pass, and an activation takes the nearest', () => {
  const two = [began(), began({ id: 'b', startsAt: at(90) })];
  expect(said(two, [answer()])).toEqual({ a: 'passed' });
  expect(said(two, [answer(), answer({ at: at(89), outcome: 'denied' })])).toEqual({
    a: 'passed',
    b: 'denied',
  });
});

test('where both have an id, only the id counts', () => {
  const [x, y] = [answer({ azureId: 'x' }), answer({ azureId: 'y', minutes: 30, outcome: 'denied' })];
  expect(said([began({ azureId: 'Y' })], [x, y])).toEqual({ a: 'denied' });
  expect(said([began({ azureId: 'z' })], [x, y])).toEqual({});
  expect(said([began()], [x])).toEqual({ a: 'passed' });
});

test('an answer that rests on a request is used by its activation; else it is as good as any other', () => {
  const rests = answer({ requestId: 'r' });
  expect(said([began()], [rests])).toEqual({ a: 'passed' });
  expect(said([began({ id: 'r' }), began({ startsAt: at(70) })], [rests])).toEqual({ r: 'passed' });
});

test('what was asked before and after PIM’s approver is one, and the last word holds', () => {
  const post = answer({ key: 'k', stage: 'post_approval', at: at(30) });
  const two = [began({ startsAt: at(31) }), began({ id: 'b', startsAt: at(100) })];
  expect(said(two, [answer({ key: 'k' }), post])).toEqual({ a: 'passed' });
  expect(said(two, [answer({ key: 'k' }), { ...post, outcome: 'denied' }])).toEqual({ a: 'denied' });
});
