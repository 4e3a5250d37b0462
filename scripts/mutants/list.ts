/** A control broken on purpose: what stands there, what is put in its place, and the tests that must notice. */
export interface Mutant {
  breaks: string;
  file: string;
  find: string;
  put: string;
  tests: string;
}

const auth = 'lib/auth/';
const permission = { file: 'lib/domain/permission.ts', tests: 'lib/domain/permission.test.ts' };
const policy = { file: 'lib/domain/policy.ts', tests: 'lib/domain/policy.test.ts' };
const idToken = { file: `${auth}id-token.ts`, tests: `${auth}id-token.test.ts` };
const stepUp = { file: `${auth}finish-step-up.ts`, tests: `${auth}step-up.test.ts` };
const answered = {
  file: 'lib/operations/requests/answer-challenge.ts',
  tests: 'lib/operations/requests/step-up.test.ts',
};
const origin = { file: `${auth}same-origin.ts`, tests: `${auth}same-origin.test.ts` };
const path = { file: `${auth}return-to.ts`, tests: `${auth}return-to.test.ts` };
const seal = { file: `${auth}seal.ts`, tests: `${auth}seal.test.ts` };
const session = { file: `${auth}session.ts`, tests: `${auth}session.test.ts` };
const ending = { file: `${auth}end-sessions-of.ts`, tests: `${auth}end-sessions-of.test.ts` };
const rate = { file: `${auth}rate.ts`, tests: `${auth}rate.test.ts` };
const csp = { file: `${auth}content-security-policy.ts`, tests: `${auth}content-security-policy.test.ts` };
const address = { file: `${auth}client-address.ts`, tests: `${auth}client-address.test.ts` };
const refusals = { file: 'lib/audit/refusals.ts', tests: 'lib/audit/refusals.test.ts' };
const decide = {
  file: 'lib/operations/approvals/decide.ts',
  tests: 'lib/operations/approvals/decide.test.ts',
};
const operation = (name: string) => ({
  file: `lib/operations/requests/${name}.ts`,
  tests: `lib/operations/requests/${name}.test.ts`,
});

export const mutants: Mutant[] = [
  {
    breaks: 'nobody decides their own',
    ...permission,
    find: 'request.requesterId !== actor.objectId &&\n    request.approverIds',
    put: 'request.approverIds',
  },
  {
    breaks: 'only auditors and administrators read all',
    ...permission,
    find: 'mayReadAllHistory(actor: Actor): boolean {\n  return',
    put: "mayReadAllHistory(actor: Actor): boolean {\n  return actor.roles.includes('Stint.Reviewer') ||",
  },
  {
    breaks: 'a stranger sees no request',
    ...permission,
    find: 'request.approverIds.includes(actor.objectId) ||\n    mayReadAllHistory(actor)',
    put: 'true',
  },
  { breaks: 'the policy’s maximum', ...policy, find: 'ask.minutes > policy.maximumMinutes', put: 'false' },
  { breaks: 'the policy’s reason', ...policy, find: 'policy.justification && !', put: 'false && !' },
  { breaks: 'the policy’s approval', ...policy, find: 'if (policy.approval)', put: 'if (false)' },
  {
    breaks: 'the policy’s step-up',
    ...policy,
    find: 'if (policy.authenticationContext)',
    put: "if (policy.authenticationContext === 'never')",
  },
  {
    breaks: 'the person of a stronger sign-in',
    ...stepUp,
    find: 'objectId !== session.actor.objectId || tenantId',
    put: 'tenantId',
  },
  {
    breaks: 'the session of a stronger sign-in',
    ...stepUp,
    find: 'session.id !== stepUp.sessionId',
    put: 'false',
  },
  {
    breaks: 'the context of a stronger sign-in',
    ...stepUp,
    find: 'isDowngraded(redeemed.idToken, claims)',
    put: 'false',
  },
  { breaks: 'the claims a request waits for', ...answered, find: ' && waitsFor(one, answered)', put: '' },
  { breaks: 'RS256 only', ...idToken, find: "algorithms: ['RS256'],", put: '' },
  { breaks: 'the issuer', ...idToken, find: 'issuer: expected.issuer,', put: '' },
  { breaks: 'the audience', ...idToken, find: 'audience: expected.clientId,', put: '' },
  { breaks: 'the tenant', ...idToken, find: 'found.tid !== expected.tenantId', put: 'false' },
  { breaks: 'the nonce', ...idToken, find: 'found.nonce !== expected.nonce', put: 'false' },
  {
    breaks: 'another site’s origin',
    ...origin,
    find: 'origin === appOrigin',
    put: 'origin.startsWith(appOrigin)',
  },
  {
    breaks: 'no origin at all',
    ...origin,
    find: "headers.get('sec-fetch-site') === 'same-origin'",
    put: "headers.get('sec-fetch-site') !== 'cross-site'",
  },
  { breaks: '//host after sign-in', ...path, find: "|| url.pathname.startsWith('//')", put: '' },
  { breaks: 'back into sign-in', ...path, find: '(auth|api)', put: '(api)' },
  { breaks: 'a seal is for one act', ...seal, find: 'purpose, context]', put: 'purpose]' },
  {
    breaks: 'the cookie’s secret is hashed',
    ...session,
    find: 'sessions.secretHash, hashOf(secret)',
    put: 'sessions.secretHash, secret',
  },
  {
    breaks: 'an ended session is over',
    ...session,
    find: ', isNull(sessions.endedAt)));\n  if',
    put: '));\n  if',
  },
  { breaks: 'twelve hours', ...session, find: 'row.expiresAt <= now', put: 'false' },
  { breaks: 'two idle hours', ...session, find: 'row.lastSeenAt <= idleSince(now)', put: 'false' },
  {
    breaks: 'another tenant’s session',
    ...session,
    find: '!row || row.tenantId !== config().tenantId',
    put: '!row',
  },
  {
    breaks: 'nobody ends another’s session',
    ...ending,
    find: "if (!mayEndOthersSessions(actor)) throw new Refusal('not_found');",
    put: '',
  },
  { breaks: 'the rate', ...rate, find: 'if (left < 1) throw', put: 'if (left < -1) throw' },
  { breaks: 'two exports at once', ...rate, find: 'if (taken >= atOnce[doorClass])', put: 'if (false)' },
  { breaks: 'a forwarded address', ...address, find: 'proxies > 0 ?', put: 'forwarded[0] ?' },
  {
    breaks: 'refusals are folded',
    ...refusals,
    find: 'if (open && now.getTime() - open.openedAt.getTime() < windowMs) {',
    put: 'if (open === null) {',
  },
  {
    breaks: 'what was folded is counted',
    ...refusals,
    find: 'if (times > 1) await',
    put: 'if (times > 1e9) await',
  },
  {
    breaks: 'scripts need the nonce',
    ...csp,
    find: "'strict-dynamic'",
    put: "'unsafe-inline'",
  },
  { breaks: 'nobody frames Stint', ...csp, find: `: "'none'"}`, put: `: "'self'"}` },
  {
    breaks: 'only an approver decides',
    ...decide,
    find: "if (!approvers.includes(ctx.actor.objectId)) throw new Refusal('not_found');",
    put: '',
  },
  {
    breaks: 'nobody cancels another’s request',
    ...operation('cancel'),
    find: "if (request.requesterId !== ctx.actor.objectId) throw new Refusal('not_found');",
    put: '',
  },
  {
    breaks: 'nobody ends another’s access',
    ...operation('end'),
    find: "if (request.requesterId !== ctx.actor.objectId) throw new Refusal('not_found');",
    put: '',
  },
  {
    breaks: 'only one’s own eligibility',
    ...operation('activate'),
    find: '.leftJoin(mirrorEligible, eq(mirrorEligible.principalId, me))',
    put: '.leftJoin(mirrorEligible, sql`true`)',
  },
  {
    breaks: 'only plain data in actions',
    file: `${auth}plain-body.ts`,
    tests: `${auth}plain-body.test.ts`,
    find: "!value.startsWith('$') ||",
    put: 'true ||',
  },
  {
    breaks: 'formulas in exports',
    file: 'lib/export/cells.ts',
    tests: 'lib/export/cells.test.ts',
    find: `'"''' else`,
    put: `'"' else`,
  },
];
