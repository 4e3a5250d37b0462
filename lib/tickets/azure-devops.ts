import { z } from 'zod';
import { idIn } from '#lib/domain/ticket-pattern.ts';
import { type Asking, line, shaped } from './asking.ts';
import type { TicketPort } from './ports.ts';

const person = z.object({ displayName: z.string(), uniqueName: z.string().optional() });
const workItem = z.object({
  id: z.number(),
  fields: z.object({
    'System.Title': z.string(),
    'System.State': z.string(),
    'System.WorkItemType': z.string(),
    'System.AssignedTo': person.optional(),
  }),
});
const comments = z.object({ comments: z.array(z.object({ text: z.string().nullish() })) });
const wanted = ['System.Title', 'System.State', 'System.WorkItemType', 'System.AssignedTo'].join(',');

/** Azure DevOps work items, api-version 7.1. Names of states depend on the project's process. */
export function azureDevops({ system, ask }: Asking): TicketPort {
  const project = encodeURIComponent(system.project);
  return {
    async find(number) {
      const id = encodeURIComponent(idIn(system.patterns, number));
      const answer = await ask(
        `/${project}/_apis/wit/workitems/${id}?api-version=7.1&fields=${encodeURIComponent(wanted)}`,
      );
      if (answer.status === 404) return null;
      const { id: found, fields } = shaped(answer, workItem);
      const state = fields['System.State'];
      const assigned = fields['System.AssignedTo'];
      return {
        key: number,
        moved: String(found) !== id,
        title: line(fields['System.Title']),
        state: line(state, 60),
        open: !system.closedStates.includes(state.toLowerCase()),
        url: new URL(`${project}/_workitems/edit/${found}`, `${system.baseUrl}/`).href,
        assignedTo: assigned?.displayName ?? null,
        assignees: assigned?.uniqueName ? [assigned.uniqueName.toLowerCase()] : [],
        groups: [],
        window: null,
        affected: [],
      };
    },

    async comment(key, text, marker) {
      const to = `/${project}/_apis/wit/workItems/${encodeURIComponent(idIn(system.patterns, key))}/comments?api-version=7.1-preview.4`;
      const before = shaped(await ask(`${to}&$top=100&order=desc`), comments);
      if (before.comments.some((one) => one.text?.includes(marker))) return;
      shaped(await ask(to, { method: 'POST', body: { text } }), z.unknown());
    },
  };
}
