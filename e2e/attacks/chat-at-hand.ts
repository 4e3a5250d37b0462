/** Stint with both chats beside it, for the attacks on their doors: what people do there, and what becomes of it. */
import { readCsv } from '#e2e/fixtures/csv.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { type Stint, startStint } from '#e2e/fixtures/server.ts';
import { type ChatDesks, openChatDesks, type SlackMessage } from '#e2e/fixtures/server-chat-desks.ts';
import { asksForNoSignIn } from '#e2e/fixtures/step-up.ts';
import { requestStatuses, statusNames } from '#lib/domain/request.ts';
import { type Action, builtActions, type Visitor, visit } from './visitor.ts';

const tenantId = 'c0470500-0000-4000-8000-000000000001';
const guid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const any = {
  ...{ planes: [], roles: [], scopes: [], critical: false, groups: [], guests: false },
  ...{ longerThanMinutes: null, atMostMinutes: null, hours: null, onCall: [], inChangeWindow: false },
};

export interface Answered {
  status: number;
  text: string;
}
export type Chats = Awaited<ReturnType<typeof openChats>>;

export async function openChats() {
  const desks: ChatDesks = await openChatDesks();
  const stint: Stint = await startStint({
    database: 'pglite',
    variables: { ...desks.variables, STINT_RATE_FACTOR: '10000' },
  });
  await asksForNoSignIn(stint.origin);
  const names = ['ada.lind', 'bo.okafor', 'cy.tran', 'petra.holm', 'lou.grant', 'mira.novak', 'auden.hale'];
  const people = new Map<string, Visitor>();
  for (const name of names) people.set(name, await visit(stint.origin, name));
  const as = (name: string) => people.get(name) as Visitor;
  const act = async (name: string, action: string, ...args: unknown[]) =>
    (await as(name).act(builtActions().get(action) as Action, args)).text();
  const idOf = async (name: string) =>
    ((await (await as(name).get('/api/who')).json()) as { objectId: string }).objectId;
  const post = async (path: string, body: string, headers: Record<string, string>): Promise<Answered> => {
    const answer = await fetch(`${stint.origin}${path}`, { method: 'POST', body, headers });
    return { status: answer.status, text: await answer.text() };
  };
  const linkIn = (said: unknown) => /\/chat\/link\?code=([\w-]{43})/.exec(JSON.stringify(said))?.[1] ?? '';

  const chats = {
    ...{ desks, stint, as, act, idOf, post },
    tenantId,

    /** Puts a policy in force by which these people sign, all asked at once. */
    async policy(version: number, ...signers: string[]) {
      const approvers = await Promise.all(
        signers.map(async (name) => ({ is: 'person', id: await idOf(name), name })),
      );
      const stage = {
        ...{ name: 'Owners', approvers, signatures: 1, excluded: [] },
        ...{ remindAfterMinutes: null, escalation: null },
      };
      const outcome = { is: 'stages', stages: [stage], lapseMinutes: 480, useByMinutes: 240, bulk: true };
      const rule = {
        id: 'e7e50000-0000-4000-8000-000000000001',
        name: 'Everything',
        when: any,
        ['then' as const]: outcome,
      };
      const document = { rules: [rule], freezes: [], endsBypassed: false };
      const said = await act('mira.novak', 'saveApprovalPolicy', {
        document: JSON.stringify(document),
        ...{ note: 'Attack', version },
      });
      expect(said).toContain('"ok":true');
    },

    /** Ada asks for a role of hers, by what its key begins with; answers the request's id. */
    async asks(role: string): Promise<string> {
      const html = await (await as('ada.lind').get('/')).text();
      const key = new RegExp(`\\\\"key\\\\":\\\\"(${role}[^\\\\]+)\\\\"`).exec(html)?.[1] ?? '';
      const ask = { justification: 'A disk is full', ticketNumber: 'INC0000042', startsAt: null };
      const said = await act('ada.lind', 'activateRoles', { roles: [{ key, minutes: 30 }], ...ask });
      const id = /"requestId":"([\da-f-]{36})"/.exec(said)?.[1] ?? '';
      expect(id, said).not.toBe('');
      return id;
    },

    /** How the record says that a request stands. */
    status: async (id: string) => {
      const rows = readCsv(await (await as('auden.hale').get('/api/exports/history')).text());
      const name = rows.find(({ request }) => request === id)?.status;
      return requestStatuses.find((status) => statusNames[status] === name);
    },

    async cancels(id: string) {
      expect(await act('ada.lind', 'cancelRequest', id)).toContain('"ok":true');
    },

    /** Presses a button in Slack; `headers` change how it is signed. */
    async press(user: string, actionId: string, value: string, more: object = {}): Promise<Answered> {
      // A request alone: as the card of its first stage shows it.
      const shown = guid.test(value) ? `${value} 1` : value;
      const { body, headers } = await desks.slack({ press: { user, actionId, value: shown, ...more } });
      return post('/api/integrations/slack/actions', body, headers);
    },

    /** Sends the last modal off. */
    async submit(user: string, reason: string): Promise<Answered> {
      const { views } = await desks.slack();
      const { body, headers } = await desks.slack({ submit: { user, view: views.at(-1) ?? {}, reason } });
      return post('/api/integrations/slack/actions', body, headers);
    },

    /** What Slack shows this user of this request, or says to them alone. */
    async shown(user: string, has: string): Promise<SlackMessage | undefined> {
      const { messages } = await desks.slack();
      const theirs = messages.filter((one) => one.channel === `D${user}` || one.onlyTo === user);
      return theirs.findLast((one) => JSON.stringify(one).includes(has));
    },

    /** A link as Slack shows it to this user, who pressed for one: its code. */
    async offered(user: string): Promise<string> {
      await chats.press(user, 'link', '');
      return linkIn((await desks.slack()).views.at(-1));
    },

    /** Says on the page that the account is one's own: the digits that the page shows then. */
    async claims(name: string, code: string): Promise<string> {
      expect((await as(name).get(`/chat/link?code=${code}`)).status()).toBe(200);
      const said = await act(name, 'linkChatAccount', code);
      expect(said).toContain('"ok":true');
      return /"value":"(\d{6})"/.exec(said)?.[1] ?? '';
    },

    async linkSlack(name: string, user: string) {
      const code = await chats.offered(user);
      const said = await chats.submit(user, await chats.claims(name, code));
      expect(said.text).toContain('This account is linked to');
      return code;
    },

    /** Sends what Teams would, with a token as it signs; `facts` change the token, `over` the activity. */
    async says(name: string, over: object = {}, facts: object = {}): Promise<Answered> {
      const person = { id: await idOf(name), name, tenantId };
      const { token, activity } = await desks.teams({ token: facts, person, over });
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      return post('/api/integrations/teams/messages', JSON.stringify(activity), headers);
    },

    executes: (name: string, verb: string, data: object, facts: object = {}, over: object = {}) =>
      chats.says(name, { ...execute(verb, { stage: 1, ...data }), ...over }, facts),

    async linkTeams(name: string) {
      expect((await chats.says(name, { type: 'installationUpdate', action: 'add' })).status).toBe(200);
      const { messages } = await desks.teams();
      const code = linkIn(messages.findLast((one) => linkIn(one) !== ''));
      expect(await act(name, 'linkChatAccount', code)).toContain('"ok":true');
    },

    async close() {
      for (const one of people.values()) await one.leave();
      await stint.stop();
      await desks.close();
    },
  };
  return chats;
}

export const execute = (verb: string, data: object) => ({
  ...{ type: 'invoke', name: 'adaptiveCard/action' },
  value: { action: { type: 'Action.Execute', id: verb, verb, data }, trigger: 'manual' },
});
