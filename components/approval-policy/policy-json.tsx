import { useState, useTransition } from 'react';
import { Field } from '#components/ui/field.tsx';
import { say } from '#components/ui/toast-store.ts';
import type { ApprovalPolicy } from '#lib/domain/approval-policy.ts';
import { DocumentHelp } from './document-help.tsx';
import type { PolicyVerbs } from './verbs.ts';

interface Props {
  policy: ApprovalPolicy;
  read: PolicyVerbs['read'];
  onPolicy: (policy: ApprovalPolicy) => void;
}

/** The policy as data, to be copied to another Stint, or brought from one. */
export function PolicyJson({ policy, read, onPolicy }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const [no, setNo] = useState<string>();
  const [pending, startTransition] = useTransition();
  const text = JSON.stringify(policy, null, 2);
  const take = () =>
    startTransition(async () => {
      const answer = await read({ text: typed ?? text }).catch(() => null);
      if (!answer?.ok) return setNo(answer?.message ?? 'Stint did not answer. Try again.');
      setNo(undefined);
      setTyped(null);
      onPolicy(JSON.parse(answer.value.document));
      say('Read. Look at it above, then save it.');
    });
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => say('Copied.'),
      () => setNo('The browser did not let it be copied. Select it and copy it.'),
    );
  return (
    <details>
      <summary className="cursor-pointer text-soft text-sm">
        Copy it, paste another, and what it is made of
      </summary>
      <div className="mt-3 grid max-w-3xl grid-cols-1 gap-3">
        <Field
          error={no}
          hint="as it stands above, saved or not; what is pasted is read into the page, and saved from there"
          id="policy-json"
          label="Document (JSON)"
        >
          {(aria) => (
            <textarea
              {...aria}
              className="input font-mono text-xs"
              onChange={(event) => setTyped(event.target.value)}
              rows={14}
              spellCheck={false}
              value={typed ?? text}
            />
          )}
        </Field>
        <div className="flex flex-wrap gap-2">
          <button className="btn" onClick={copy} type="button">
            Copy
          </button>
          <button aria-disabled={pending || typed === null} className="btn" onClick={take} type="button">
            Read what was pasted
          </button>
        </div>
        <DocumentHelp />
      </div>
    </details>
  );
}
