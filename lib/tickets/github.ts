import { z } from 'zod';
import { idIn } from '#lib/domain/ticket-pattern.ts';
import { type Asking, line, shaped } from './asking.ts';
import type { TicketPort } from './ports.ts';

const issue = z.object({
  number: z.number(),
  title: z.string(),
  state: z.enum(['open', 'closed']),
  html_url: z.url({ protocol: /^https?$/ }),
  repository_url: z.string(),
  pull_request: z.unknown().optional(),
});
const comments = z.array(z.object({ body: z.string().nullish() }));
const version = { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' };

/** GitHub issues of one repository. A pull request is an issue too; a transferred one answers 301, a deleted one 410. */
export function github({ system, ask }: Asking): TicketPort {
  const of = (id: string) => `/repos/${system.project}/issues/${id}`;
  return {
    async find(number) {
      const id = encodeURIComponent(idIn(system.patterns, number));
      const first = await ask(of(id), { headers: version });
      const answer =
        isMoved(first.status) && first.location ? await ask(first.location, { headers: version }) : first;
      if (answer.status === 404 || answer.status === 410) return null;
      const read = shaped(answer, issue);
      const repository = read.repository_url.split('/').slice(-2).join('/');
      const here = repository.toLowerCase() === system.project.toLowerCase();
      const key = here ? `#${read.number}` : `${repository}#${read.number}`;
      return {
        key: here && String(read.number) === id ? number : key,
        moved: !here || String(read.number) !== id,
        title: line(read.title),
        state: read.pull_request === undefined ? read.state : `${read.state} pull request`,
        open: read.state === 'open',
        url: read.html_url,
        // Accounts of GitHub are not people of the tenant.
        assignedTo: null,
        assignees: [],
        groups: [],
        window: null,
        affected: [],
      };
    },

    async comment(key, text, marker) {
      const to = `${of(encodeURIComponent(idIn(system.patterns, key)))}/comments`;
      const before = shaped(await ask(`${to}?per_page=100`, { headers: version }), comments);
      if (before.some(({ body }) => body?.includes(marker))) return;
      shaped(await ask(to, { method: 'POST', headers: version, body: { body: text } }), z.unknown());
    },
  };
}

const isMoved = (status: number) => status === 301 || status === 307 || status === 308;
