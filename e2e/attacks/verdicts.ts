/**
 * Who may what to whose: every route and action, with the verdict for each who. A verdict is `ok` or 200, a refusal's
 * code, a status, or where it sends (`to /path`). The test reads the routes from the tree and the actions from the
 * build: one that is missing here fails it.
 */
export const whos = [
  'anonymous',
  'engineer',
  'other engineer',
  'approver of another scope',
  'approver',
  'reviewer',
  'auditor',
  'administrator',
  'workload',
] as const;
export type Who = (typeof whos)[number];
type Verdicts = Record<Who, string>;

/** Those who sign in; a workload's token is no session, and no door of Stint takes it. */
const strangers: Who[] = ['anonymous', 'workload'];

/** One verdict for everybody signed in, one for strangers, and the exceptions. */
function all(signedIn: string, stranger: string, but: Partial<Verdicts> = {}): Verdicts {
  const each = whos.map((who) => [who, strangers.includes(who) ? stranger : signedIn]);
  return { ...Object.fromEntries(each), ...but };
}

const signIn = 'to /auth/sign-in';
const page = all('200', signIn);
const readers = { auditor: '200', administrator: '200' };
/** Who makes and runs reviews; auditors look at them; Petra alone is asked. */
const runners = { reviewer: '200', administrator: '200' };
const asked: Who = 'approver of another scope';
const noReview = { random: all('404', signIn), malformed: all('404', signIn) };

/** By method and path as the tree has it. Where there is an id: Ada's request, Hanna's, one that never was, none. */
export const routes: Record<string, Verdicts | Record<string, Verdicts>> = {
  'GET /': page,
  'GET /absence': page,
  'GET /activate': all('to /', signIn),
  'GET /approvals': page,
  'GET /approvals/decided': page,
  'GET /approvals/team': page,
  'GET /approvals/watching': page,
  // Ada's own, which nobody else sees.
  'GET /bundles': page,
  'GET /bundles/new': page,
  'GET /bundles/[id]': {
    bundle: all('404', signIn, { engineer: '200' }),
    random: all('404', signIn),
    malformed: all('404', signIn),
  },
  'GET /history': page,
  'GET /operations': all('404', signIn, { administrator: '200' }),
  'GET /operations/applier': all('404', signIn, { administrator: '200' }),
  'GET /operations/evaluations': all('404', signIn, { administrator: '200' }),
  'GET /posture': all('404', signIn, readers),
  'GET /posture/findings': all('404', signIn, readers),
  'GET /posture/findings/[id]': {
    finding: all('404', signIn, readers),
    random: all('404', signIn),
    malformed: all('404', signIn),
  },
  'GET /posture/inventory': all('404', signIn, readers),
  'GET /posture/outside-roles': all('404', signIn, readers),
  'GET /posture/principals/[id]': {
    // Somebody, and nobody.
    person: all('404', signIn, readers),
    random: all('404', signIn),
    malformed: all('404', signIn),
  },
  'GET /posture/roles': all('404', signIn, readers),
  // Contributor; and a role that never was.
  'GET /posture/roles/[plane]/[id]': {
    contributor: all('404', signIn, readers),
    random: all('404', signIn),
    malformed: all('404', signIn),
  },
  'GET /posture/use': all('404', signIn, readers),
  'GET /requests': page,
  'GET /reviews': page,
  'GET /reviews/new': all('404', signIn, runners),
  'GET /reviews/[id]': {
    open: all('404', signIn, { ...runners, ...readers, [asked]: 'to /reviews/[id]/items' }),
    ...noReview,
  },
  'GET /reviews/[id]/all': { open: all('404', signIn, { ...runners, ...readers }), ...noReview },
  'GET /reviews/[id]/edit': {
    draft: all('404', signIn, runners),
    open: all('404', signIn),
    ...noReview,
  },
  'GET /reviews/[id]/items': { open: all('404', signIn, { [asked]: '200' }), ...noReview },
  'GET /reviews/[id]/items/[item]': {
    item: all('404', signIn, { ...runners, ...readers, [asked]: '200' }),
    ...noReview,
  },
  'GET /reviews/[id]/report': { open: all('404', signIn, { ...runners, ...readers }), ...noReview },
  'GET /chat/link': page,
  'GET /settings/chat': all('404', signIn, { administrator: '200' }),
  'GET /settings/extension': all('404', signIn, { administrator: '200' }),
  'GET /settings/tickets': all('404', signIn, { administrator: '200' }),
  'GET /settings/tickets/new': all('404', signIn, { administrator: '200' }),
  'GET /settings/tickets/[id]': { random: all('404', signIn), malformed: all('404', signIn) },
  'GET /notifications': page,
  'GET /notifications/settings': page,
  'GET /settings/mail': all('404', signIn, { administrator: '200' }),
  'GET /settings/deliveries': all('404', signIn, { administrator: '200' }),
  'GET /settings/webhooks': all('404', signIn, { administrator: '200' }),
  'GET /settings/webhooks/new': all('404', signIn, { administrator: '200' }),
  'GET /settings/webhooks/[id]': { random: all('404', signIn), malformed: all('404', signIn) },
  'GET /settings/approvals': all('404', signIn, { administrator: '200' }),
  'GET /settings/approvals/accounts': all('404', signIn, { administrator: '200' }),
  'GET /settings/approvals/versions': all('404', signIn, { administrator: '200' }),
  'GET /settings/schedules': all('404', signIn, { administrator: '200' }),
  'GET /settings/schedules/new': all('404', signIn, { administrator: '200' }),
  'GET /settings/schedules/[id]': { random: all('404', signIn), malformed: all('404', signIn) },
  'GET /sessions': page,
  'GET /settings': all('404', signIn, { administrator: '200' }),
  'GET /windows': page,
  'GET /windows/[id]': {
    window: all('404', signIn, { engineer: '200' }),
    random: all('404', signIn),
    malformed: all('404', signIn),
  },
  'GET /requests/[id]': {
    ada: all('404', signIn, { engineer: '200', approver: '200', ...readers }),
    hanna: all('404', signIn, {
      'other engineer': '200',
      approver: '200',
      'approver of another scope': '200',
      ...readers,
    }),
    random: all('404', signIn),
    malformed: all('404', signIn),
  },
  'GET /api/exports/audit': all('403', '401', readers),
  'GET /api/exports/findings': all('403', '401', readers),
  'GET /api/exports/history': all('200', '401'),
  'GET /api/exports/inventory': all('403', '401', readers),
  'GET /api/exports/outside-roles': all('403', '401', readers),
  'GET /api/exports/reviews/[id]': {
    open: all('404', '401', { ...runners, ...readers }),
    random: all('404', '401'),
    malformed: all('404', '401'),
  },
  'GET /api/health': all('200', '200'),
  'GET /api/letters': all('200', '401'),
  // Without a token configured there is no such page.
  'GET /api/metrics': all('404', '404'),
  'GET /api/stream': all('200', '401'),
  'GET /api/too-fast': all('429', '429'),
  // Nobody is an answer too.
  'GET /api/who': all('200', '200'),
  // Not set up: there is no such door. Whom it lets in where it is, the chat attacks ask.
  'POST /api/integrations/slack/actions': all('404', '404'),
  'POST /api/integrations/slack/events': all('404', '404'),
  'POST /api/integrations/teams/messages': all('404', '404'),
  // Nobody but PIM, whoever is signed in.
  'POST /api/integrations/pim/post-approval': all('401', '401'),
  'POST /api/integrations/pim/pre-approval': all('401', '401'),
  'POST /api/imports/audit-archive': all('404', '401', { administrator: '200' }),
  // Without an Origin: with one it keeps the zone of who is signed in.
  'POST /api/zone': all('403', '403'),
  'POST /api/csp': all('204', '204'),
  'GET /auth/callback': all('to /auth/failed', 'to /auth/failed'),
  'GET /auth/failed': all('200', '200'),
  'GET /auth/front-channel': all('200', '200'),
  'GET /auth/sign-in': all('to authority', 'to authority'),
  'GET /auth/signed-out': all('200', '200'),
  'GET /auth/step-up-bridge': all('200', '200'),
  // Without a request; whose it is, and where the click came from, the step-up attacks ask.
  'GET /auth/step-up': all('404', '404'),
  'GET /auth/stepped-up': all('200', '200'),
  // Without an Origin: with one it ends the session, which the session attacks do.
  'POST /auth/sign-out': all('403', '403'),
};

const out = 'not_signed_in';
/** A code that was never given, and no code. */
const absentCode = all('malformed', out);
const absent = { random: all('not_found', out), malformed: all('malformed', out) };
/** Of a request that waits: its person hears that, others that there is none. */
const ofWindow = (own: string) => ({
  ada: all('not_found', out, { engineer: own }),
  hanna: all('not_found', out, { 'other engineer': own }),
  ...absent,
});
/** Of a request that PIM alone decides: nothing of Stint's own stages is there to be said, to anybody. */
const ofStages = { ada: all('not_found', out), hanna: all('not_found', out), ...absent };
/** For those who run reviews; what they ask comes too late. */
const late = all('not_found', out, { reviewer: 'conflict', administrator: 'conflict' });
const ofItem = { ...absent, item: all('not_found', out, { [asked]: 'ok' }) };

/** By name; on requests that wait for approval, and on a session of Ada's. */
export const actions: Record<string, Verdicts | Record<string, Verdicts>> = {
  // Something that is no code; and an account that is nobody's.
  linkChatAccount: absentCode,
  unlinkChatAccount: absent,
  refreshAccess: all('ok', out),
  refreshApprovals: all('ok', out),
  reasonsBefore: all('ok', out),
  openPalette: all('ok', out),
  searchPalette: all('ok', out),
  findBundleRoles: all('ok', out),
  orderFavourites: all('ok', out),
  // By the key of a role that Ada and Hanna have.
  favourRole: all('not_eligible', out, { engineer: 'ok', 'other engineer': 'ok' }),
  // Ada's own: an administrator neither changes nor shares it. Saved once, it is at its second version.
  giveBundle: { ...absent, bundle: all('not_found', out) },
  keepBundle: { ...absent, bundle: all('not_found', out, { engineer: 'ok' }) },
  dropBundle: { ...absent, bundle: all('not_found', out, { engineer: 'ok' }) },
  // Hanna's eligibility, by its key, which Ada has too: each role of a submit is answered on its own.
  activateRoles: all('not_eligible', out, { engineer: 'ok', 'other engineer': 'already_live' }),
  // The same eligibility: below it, and week by week.
  openPlaceBelow: all('not_eligible', out, { engineer: 'ok', 'other engineer': 'ok' }),
  planOnCall: all('not_eligible', out, { engineer: 'ok', 'other engineer': 'ok' }),
  fileOnCall: all('ok', out),
  askOnCall: absent,
  changeOnCall: { ...absent, window: all('not_found', out, { engineer: 'conflict' }) },
  turnOnCall: { ...absent, window: all('not_found', out, { engineer: 'ok' }) },
  resumeRequest: {
    ada: all('not_found', out, { engineer: 'conflict' }),
    hanna: all('not_found', out, { 'other engineer': 'conflict' }),
    ...absent,
  },
  startRequest: {
    ada: all('not_found', out, { engineer: 'conflict' }),
    hanna: all('not_found', out, { 'other engineer': 'conflict' }),
    ...absent,
  },
  endRequest: {
    ada: all('not_found', out, { engineer: 'not_active' }),
    hanna: all('not_found', out, { 'other engineer': 'not_active' }),
    ...absent,
  },
  probeRequest: {
    ada: all('not_found', out, { engineer: 'not_active' }),
    hanna: all('not_found', out, { 'other engineer': 'not_active' }),
    ...absent,
  },
  // Of a running window: what waits is none.
  extendRequest: ofWindow('not_active'),
  addNeedToRequest: ofWindow('not_active'),
  endRequests: ofWindow('not_active'),
  callOffRequestEnd: ofWindow('conflict'),
  // Without having said that one is sure: with it everybody would be signed out.
  revokeMySessions: all('malformed', out),
  endSession: {
    ada: all('not_found', out, { engineer: 'ok', administrator: 'ok' }),
    ...absent,
  },
  endOthers: all('ok', out),
  // Something that is no token.
  showProof: all('proof_refused', out),
  // Over a version that never was.
  saveExtensionRules: all('not_found', out, { administrator: 'conflict' }),
  saveReasonRules: all('not_found', out, { administrator: 'conflict' }),
  saveStepUpRules: all('not_found', out, { administrator: 'conflict' }),
  // One is under way since the start, or begins now.
  readTenant: all('not_found', out, { administrator: 'ok' }),
  previewReview: all('not_found', out, { reviewer: 'ok', administrator: 'ok' }),
  makeReview: all('not_found', out, { reviewer: 'ok', administrator: 'ok' }),
  openReview: { ...absent, open: late },
  // Before its time only an administrator closes one.
  closeReview: { ...absent, draft: all('not_found', out, { administrator: 'conflict' }) },
  cancelReview: { ...absent, cancelled: late },
  // Over a review that was given up: nobody is asked any more.
  askSomebodyElse: { random: all('not_found', out), cancelled: late },
  decideReviewItems: ofItem,
  submitReviewItems: ofItem,
  handOnReviewItems: ofItem,
  // One after the other, each on what the one before left.
  assignFinding: { ...absent, finding: all('not_found', out, { administrator: 'ok' }) },
  acceptFinding: { ...absent, finding: all('not_found', out, { administrator: 'ok' }) },
  reopenFinding: { ...absent, finding: all('not_found', out, { administrator: 'ok' }) },
  releaseAccessChanges: absent,
  withdrawAccessChange: absent,
  undoAccessChange: absent,
  // Off where it is off already.
  switchApplierAt: all('not_found', out, { administrator: 'conflict' }),
  // Who has nothing to ask for is answered as if no system knew the number.
  checkTicketNumber: all('ok', out),
  saveTicketSystem: all('not_found', out, { administrator: 'ok' }),
  switchTicketSystem: absent,
  tryTicketSystem: absent,
  saveTicketRules: all('not_found', out, { administrator: 'conflict' }),
  readNotifications: all('ok', out),
  saveNotifications: all('ok', out),
  testNotifications: all('ok', out),
  saveWebhook: all('not_found', out, { administrator: 'ok' }),
  rotateWebhookSecret: absent,
  switchWebhook: absent,
  removeWebhook: absent,
  testWebhook: absent,
  tryDeliveryAgain: absent,
  // Of a role of Ada's, Hanna's or nobody's: who is not eligible hears nothing of it.
  previewApproval: all('ok', out),
  saveApprovalPolicy: all('not_found', out, { administrator: 'conflict' }),
  restoreApprovalPolicy: all('not_found', out),
  readApprovalPolicy: all('not_found', out, { administrator: 'malformed' }),
  tryApprovalPolicy: absent,
  findForRule: all('not_found', out, { administrator: 'ok' }),
  findEligible: { ...absent, random: all('not_found', out, { administrator: 'ok' }) },
  // An account with itself.
  linkTwoAccounts: { ...absent, random: all('not_found', out, { administrator: 'malformed' }) },
  unlinkOneAccount: absent,
  saveDutySchedule: all('not_found', out, { administrator: 'ok' }),
  removeDutySchedule: absent,
  overrideOnCall: absent,
  callOffOnCall: absent,
  replayDeadJob: { ...absent, random: all('not_found', out, { administrator: 'conflict' }) },
  // Whom PIM asks is nudged by its person while it waits: before the one below decides it.
  nudgeApprovers: ofWindow('ok'),
  decideRequest: {
    ada: all('not_found', out, { engineer: 'own_request', approver: 'ok' }),
    ...absent,
  },
  // Several at once: each that is not the visitor's to decide, or not to be decided together, is refused on its own.
  decideTogether: all('ok', out),
  offerLess: ofStages,
  acceptOffer: ofStages,
  declineOffer: ofStages,
  askAboutRequest: ofStages,
  answerAboutRequest: ofStages,
  handOverRequest: ofStages,
  placesBelowRequest: ofStages,
  // Whoever may see it may follow it.
  followRequest: {
    ada: all('not_found', out, { engineer: 'ok', approver: 'ok', auditor: 'ok', administrator: 'ok' }),
    ...absent,
  },
  setMyAbsence: all('ok', out),
  endMyAbsence: absent,
  // For somebody whom nobody knows.
  setAbsenceFor: all('not_found', out, { administrator: 'malformed' }),
  endAbsenceOf: absent,
  cancelRequest: {
    hanna: all('not_found', out, { 'other engineer': 'ok' }),
    ...absent,
  },
};
