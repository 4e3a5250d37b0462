'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { withStepUp } from '#components/step-up/with-step-up.ts';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';
import { ArchiveOutcome, type Imported } from './archive-outcome.tsx';

type Answer = { imported: Imported } | { refused: string };

/** Sends a file of JSON lines as it is, and says what became of its lines. */
export function ArchiveForm() {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [pending, setPending] = useState(false);
  const router = useRouter();

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const file = form.get('file');
    if (pending || !(file instanceof File) || file.size === 0) return;
    const query = new URLSearchParams();
    for (const name of ['from', 'until']) {
      const day = form.get(name);
      if (typeof day === 'string' && day) query.set(name, day);
    }
    setPending(true);
    setAnswer(null);
    setAnswer(await importFile(file, query));
    setPending(false);
    router.refresh();
  }

  return (
    <form className="panel grid max-w-prose gap-3 px-3.5 py-3" onSubmit={send}>
      <Field
        hint="JSON lines, as diagnostic settings write them to a storage account or as a query of Log Analytics (AuditLogs) exports them. 256 MB at most. Importing the same again harms nothing."
        id="archive-file"
        label="File"
      >
        {(aria) => <input {...aria} className="input h-auto py-1.5" name="file" required type="file" />}
      </Field>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field id="archive-from" label="First day it covers">
          {(aria) => <input {...aria} className="input" name="from" type="date" />}
        </Field>
        <Field id="archive-until" label="Last day it covers">
          {(aria) => <input {...aria} className="input" name="until" type="date" />}
        </Field>
      </div>
      <p className="text-faint text-xs">
        Days are days of UTC. Leave them empty when the archive holds every event between its first line and
        its last; name them when quiet days lie before or after.
      </p>
      <div>
        <button aria-busy={pending} aria-disabled={pending} className="btn btn-go" type="submit">
          {pending ? 'Importing' : 'Import'}
        </button>
      </div>
      <div aria-live="polite">
        {answer && 'imported' in answer && <ArchiveOutcome imported={answer.imported} />}
        {answer && 'refused' in answer && <Notice alert>{answer.refused}</Notice>}
      </div>
    </form>
  );
}

async function importFile(file: File, query: URLSearchParams): Promise<Answer> {
  try {
    const answer = await withStepUp(() => sent(file, query));
    return answer.ok ? { imported: answer.value } : { refused: answer.message };
  } catch {
    return { refused: 'The connection broke. What was taken is kept; import the same file again.' };
  }
}

/** The route speaks HTTP; what it says is read as an action's answer. */
async function sent(file: File, query: URLSearchParams): Promise<Outcome<Imported>> {
  const answer = await fetch(`/api/imports/audit-archive?${query}`, { method: 'POST', body: file });
  const isJson = answer.headers.get('content-type')?.startsWith('application/json');
  if (answer.ok) return { ok: true, value: await answer.json() };
  return isJson ? answer.json() : { ok: false, code: 'malformed', message: await answer.text(), field: null };
}
