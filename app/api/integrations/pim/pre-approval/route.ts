import { answerPim } from '#app/api/integrations/pim/answer-pim.ts';

/** PIM asks, before its own approver is asked, whether an activation may go on. */
export async function POST(request: Request): Promise<Response> {
  return answerPim(request, 'pre_approval', 'POST /api/integrations/pim/pre-approval');
}
