import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';

// Uma signs in nowhere else: for her nothing has been read from Azure yet.
test('the first visit fills by itself: what one may have, and the rules of each role', async ({ comes }) => {
  const uma = await comes('uma.joshi');
  const loads = uma.loads;
  for (const role of ['Authentication Administrator, Directory', 'Helpdesk Administrator, Directory']) {
    await uma.sees('Eligible', role);
    await expect(uma.row('Eligible', role)).toContainText('≤');
  }
  await expect(uma.row('Eligible', 'Helpdesk Administrator, Directory')).toContainText(
    'through sg-service-desk',
  );
  expect(uma.loads).toBe(loads);
});
