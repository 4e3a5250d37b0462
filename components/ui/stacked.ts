/**
 * Roles for a table whose rows stack on a phone: with another `display` a browser may forget that it is
 * a table, so the parts say it themselves.
 */
export const stacked = {
  table: { role: 'table' },
  body: { role: 'rowgroup' },
  row: { role: 'row' },
  head: { role: 'columnheader' },
  rowHead: { role: 'rowheader' },
  cell: { role: 'cell' },
} as const;
