/** A browser as far as signing in needs one: cookies for one origin, forms, no redirects followed. */
export interface Browser {
  get(url: string): Promise<Response>;
  /** Posts a form as the page of `html` lists it, with the given fields set; undefined unticks a box. */
  submit(page: Response, fields: Record<string, string | undefined>): Promise<Response>;
}

export function makeBrowser(): Browser {
  const cookies = new Map<string, string>();
  const send = async (url: string, init: RequestInit): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (/Max-Age=0/.test(set)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
  return {
    get: (url) => send(url, {}),
    async submit(page, fields) {
      const text = await page.text();
      const action = /<form[^>]* action="([^"]+)"/.exec(text)?.[1] ?? '';
      const merged = { ...listedFields(text), ...fields };
      const body = new URLSearchParams();
      for (const [name, value] of Object.entries(merged)) if (value !== undefined) body.set(name, value);
      return send(new URL(action, page.url).toString(), { method: 'POST', body });
    },
  };
}

/** What a browser would post of this page untouched: hidden fields, and what is ticked. */
export function listedFields(text: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [tag] of text.matchAll(/<input[^>]*>/g)) {
    const read = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
    if (read('type') === 'hidden' || / checked/.test(tag)) fields[read('name')] = read('value');
  }
  return fields;
}
