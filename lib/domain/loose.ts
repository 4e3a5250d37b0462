/** Values that come from elsewhere, as far as they are what they should be; else nothing. */

export const text = (value: unknown) => (typeof value === 'string' ? value : '');
export const lower = (value: unknown) => text(value).toLowerCase();
export const record = (value: unknown) => (isRecord(value) ? value : {});
export const records = (value: unknown) => (Array.isArray(value) ? value.filter(isRecord) : []);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
