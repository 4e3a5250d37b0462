/** Block Kit's limits as Slack documents them: what breaks one is refused whole. */

type Json = Record<string, unknown>;

const of = (value: unknown) => (typeof value === 'object' && value !== null ? (value as Json) : {});
const lengthOf = (text: unknown) => String(of(text).text ?? '').length;
const list = (value: unknown) => (Array.isArray(value) ? value.map(of) : []);

/** What Slack would say against these blocks; null: nothing. */
export function blockFault(method: string, blocks: Json[], view: Json | null): string | null {
  const most = method.startsWith('views.') ? 100 : 50;
  if (blocks.length > most) return `no more than ${most} items allowed`;
  if (view && view.type === 'modal') {
    for (const name of ['title', 'submit', 'close'])
      if (lengthOf(view[name]) > 24) return `${name} must be less than 25 characters`;
    if (String(view.private_metadata ?? '').length > 3000) return 'private_metadata is too long';
  }
  return blocks.map(faultOf).find((fault) => fault !== null) ?? null;
}

function faultOf(block: Json): string | null {
  const { type, text, fields, elements } = block;
  if (type === 'section') {
    if (text !== undefined && (lengthOf(text) === 0 || lengthOf(text) > 3000))
      return 'section text must be 1 to 3000 characters';
    const cells = list(fields);
    if (cells.length > 10) return 'no more than 10 fields allowed';
    return cells.some((cell) => lengthOf(cell) > 2000 || lengthOf(cell) === 0) ? 'a field is too long' : null;
  }
  if (type === 'context') return list(elements).length > 10 ? 'no more than 10 elements allowed' : null;
  if (type === 'actions') {
    for (const element of list(elements)) {
      if (lengthOf(element.text) > 75) return 'button text must be less than 76 characters';
      if (String(element.value ?? '').length > 2000) return 'button value is too long';
      if (String(element.url ?? '').length > 3000) return 'button url is too long';
      const confirm = of(element.confirm);
      if (lengthOf(confirm.title) > 100 || lengthOf(confirm.text) > 300) return 'confirm is too long';
    }
    return list(elements).length > 25 ? 'no more than 25 elements allowed' : null;
  }
  return ['divider', 'input'].includes(String(type)) ? null : `unsupported type: ${type}`;
}
