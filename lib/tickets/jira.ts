import { z } from 'zod';
import { type Asking, line, shaped } from './asking.ts';
import type { TicketPort } from './ports.ts';

const issue = z.object({
  key: z.string(),
  fields: z.object({
    summary: z.string(),
    status: z.object({
      name: z.string(),
      statusCategory: z.object({ key: z.string() }).optional(),
    }),
    assignee: z.object({ displayName: z.string(), emailAddress: z.string().optional() }).nullish(),
  }),
});
const comments = z.object({ comments: z.array(z.object({ body: z.unknown() })) });

/** Jira Cloud. An issue that moved is answered under its new key, without a redirect. */
export function jira({ system, ask }: Asking): TicketPort {
  const of = (key: string) => `/rest/api/3/issue/${encodeURIComponent(key)}`;
  return {
    async find(number) {
      const answer = await ask(`${of(number)}?fields=summary,status,assignee`);
      if (answer.status === 404) return null;
      const { key, fields } = shaped(answer, issue);
      const { status, assignee } = fields;
      return {
        key,
        moved: key.toLowerCase() !== number.toLowerCase(),
        title: line(fields.summary),
        state: line(status.name, 60),
        open: status.statusCategory
          ? status.statusCategory.key !== 'done'
          : !system.closedStates.includes(status.name.toLowerCase()),
        url: new URL(`browse/${encodeURIComponent(key)}`, `${system.baseUrl}/`).href,
        assignedTo: assignee?.displayName ?? null,
        // People may hide their address: then Jira does not say who they are.
        assignees: assignee?.emailAddress ? [assignee.emailAddress.toLowerCase()] : [],
        groups: [],
        window: null,
        affected: [],
      };
    },

    async comment(key, text, marker) {
      const before = shaped(await ask(`${of(key)}/comment?orderBy=-created&maxResults=100`), comments);
      if (before.comments.some(({ body }) => JSON.stringify(body).includes(marker))) return;
      const content = [{ type: 'paragraph', content: [{ type: 'text', text }] }];
      const body = { body: { type: 'doc', version: 1, content } };
      shaped(await ask(`${of(key)}/comment`, { method: 'POST', body }), z.unknown());
    },
  };
}
