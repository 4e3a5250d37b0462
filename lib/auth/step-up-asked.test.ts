import { expect, test } from 'vitest';
import { mfaClaims } from '#lib/domain/challenge.ts';
import { StepUpAsked } from './step-up-asked.ts';

test('a sign-in to Stint is asked for only where it brings what is missing', () => {
  expect(new StepUpAsked('graph', mfaClaims).code).toBe('sign_in_again');
  const no = new StepUpAsked('arm', mfaClaims);
  expect(no.code).toBe('step_up_needed');
  expect(no.message).toContain('its request offers that sign-in');
});
