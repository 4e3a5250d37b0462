/**
 * Code and message of an error body: `{"error":{code,message}}`, or the old
 * `{"odata.error":{code,message:{lang,value}}}`. Empty texts when it is neither.
 */
export function readErrorBody(body: unknown): { code: string; message: string } {
  const error = field(body, 'error') ?? field(body, 'odata.error');
  const message = field(error, 'message');
  return { code: text(field(error, 'code')), message: text(message) || text(field(message, 'value')) };
}

function field(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null
    ? Object.entries(of).find(([key]) => key === name)?.[1]
    : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
