import { approvalToActive } from './approval-to-active.ts';
import { browserCost } from './browser-cost.ts';
import { demoStart } from './demo-start.ts';
import { exportMeasurement } from './export.ts';
import { filings } from './filings.ts';
import { fullReading } from './full-reading.ts';
import { letters } from './letters.ts';
import { lists } from './lists.ts';
import { livePage } from './live-page.ts';
import type { Measurement } from './measurement.ts';
import { myAccess } from './my-access.ts';
import { openReview } from './open-review.ts';
import { posturePages } from './posture-pages.ts';

/** In the order in which they run: one line each. */
export const measurements: readonly Measurement[] = [
  myAccess,
  livePage,
  filings,
  lists,
  posturePages,
  exportMeasurement,
  openReview,
  browserCost,
  approvalToActive,
  letters,
  fullReading,
  demoStart,
];
