import { transaction } from '#db/client.ts';
import { enqueue } from '#db/queue.ts';

/** Has somebody's home in Slack written anew. */
export async function askHome(workspaceId: string, userId: string, traceId: string): Promise<void> {
  await transaction((tx) => enqueue(tx, 'chat-home', { workspaceId, userId, traceId }));
}
