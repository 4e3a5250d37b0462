import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/**
 * Every server action, by what Stint may ask a fresh sign-in for. What only administrators do passes `administer`, which
 * asks; activations and decisions ask by their roles, inside their operations. `own` asks for none: what is one's own,
 * what changes nothing, and the work of reviews, which reviewers do too.
 */
const kinds: Record<string, 'administration' | 'activation' | 'decision' | 'own'> = {
  activateRoles: 'activation',
  extendRequest: 'activation',
  planOnCall: 'activation',
  changeOnCall: 'activation',
  fileOnCall: 'activation',
  askOnCall: 'activation',
  startRequest: 'activation',
  decideRequest: 'decision',
  saveExtensionRules: 'administration',
  decideTogether: 'decision',
  // Asks where it signs too.
  offerLess: 'decision',
  setAbsenceFor: 'administration',
  endAbsenceOf: 'administration',
  // Decides by and by: asks where any decision does.
  linkChatAccount: 'decision',
  unlinkChatAccount: 'own',
  setMyAbsence: 'own',
  endMyAbsence: 'own',
  placesBelowRequest: 'own',
  acceptOffer: 'own',
  declineOffer: 'own',
  askAboutRequest: 'own',
  answerAboutRequest: 'own',
  handOverRequest: 'own',
  nudgeApprovers: 'own',
  followRequest: 'own',
  saveReasonRules: 'administration',
  saveStepUpRules: 'administration',
  saveTicketSystem: 'administration',
  switchTicketSystem: 'administration',
  saveTicketRules: 'administration',
  saveWebhook: 'administration',
  rotateWebhookSecret: 'administration',
  switchWebhook: 'administration',
  removeWebhook: 'administration',
  testWebhook: 'administration',
  tryDeliveryAgain: 'administration',
  saveApprovalPolicy: 'administration',
  restoreApprovalPolicy: 'administration',
  linkTwoAccounts: 'administration',
  unlinkOneAccount: 'administration',
  saveDutySchedule: 'administration',
  removeDutySchedule: 'administration',
  overrideOnCall: 'administration',
  callOffOnCall: 'administration',
  giveBundle: 'administration',
  switchApplierAt: 'administration',
  releaseAccessChanges: 'administration',
  withdrawAccessChange: 'administration',
  undoAccessChange: 'administration',
  replayDeadJob: 'administration',
  assignFinding: 'administration',
  acceptFinding: 'administration',
  reopenFinding: 'administration',
  closeReview: 'administration',
  // Asks where it is another's, by what it does itself: lib/auth/end-sessions-of.ts.
  endSession: 'own',
  // Ask where the bundle is shared: lib/operations/bundles.
  keepBundle: 'own',
  dropBundle: 'own',
  endOthers: 'own',
  revokeMySessions: 'own',
  cancelRequest: 'own',
  endRequest: 'own',
  endRequests: 'own',
  callOffRequestEnd: 'own',
  // Files nothing: another ticket for what is on.
  addNeedToRequest: 'own',
  resumeRequest: 'own',
  probeRequest: 'own',
  turnOnCall: 'own',
  openPlaceBelow: 'own',
  checkTicketNumber: 'own',
  // For administrators, and changes nothing.
  tryTicketSystem: 'own',
  previewApproval: 'own',
  readApprovalPolicy: 'own',
  tryApprovalPolicy: 'own',
  findForRule: 'own',
  findEligible: 'own',
  favourRole: 'own',
  orderFavourites: 'own',
  reasonsBefore: 'own',
  openPalette: 'own',
  searchPalette: 'own',
  findBundleRoles: 'own',
  readNotifications: 'own',
  saveNotifications: 'own',
  testNotifications: 'own',
  refreshAccess: 'own',
  refreshApprovals: 'own',
  showProof: 'own',
  readTenant: 'own',
  previewReview: 'own',
  makeReview: 'own',
  openReview: 'own',
  cancelReview: 'own',
  askSomebodyElse: 'own',
  decideReviewItems: 'own',
  submitReviewItems: 'own',
  handOnReviewItems: 'own',
};

const folder = join(import.meta.dirname, '..');

/** The name and the text of every exported function of the files that serve actions. */
function actions(): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?<!\.test)\.ts$/.test(file),
  );
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8'));
  const served = texts.filter((text) => text.startsWith("'use server';"));
  return new Map(
    served.flatMap((text) =>
      text
        .split(/^export async function /m)
        .slice(1)
        .map((part) => [/^\w+/.exec(part)?.[0] ?? '', part] as const),
    ),
  );
}

test('every action says what a fresh sign-in is asked for, and nothing else does', () => {
  expect([...actions().keys()].sort()).toEqual(Object.keys(kinds).sort());
});

test('what only administrators do passes the door that asks, and nothing else does', () => {
  const asking = [...actions()].filter(([, text]) => text.includes('administer(')).map(([name]) => name);
  const meant = Object.keys(kinds).filter((name) => kinds[name] === 'administration');
  expect(asking.sort()).toEqual(meant.sort());
});
