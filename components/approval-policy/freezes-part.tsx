import { useState } from 'react';
import { Section } from '#components/ui/section.tsx';
import type { ApprovalPolicy } from '#lib/domain/approval-policy.ts';
import type { PolicyFault } from '#lib/domain/approval-policy-faults.ts';
import { freezeInWords } from '#lib/domain/rule-words.ts';
import { faultsBelow } from './faults.ts';
import { FreezeForm } from './freeze-form.tsx';
import { freshFreeze } from './fresh.ts';
import { PolicyList } from './policy-list.tsx';
import type { Find } from './verbs.ts';

interface Props {
  freezes: ApprovalPolicy['freezes'];
  faults: readonly PolicyFault[];
  find: Find;
  onFreezes: (freezes: ApprovalPolicy['freezes']) => void;
}

/** Times in which nobody activates what they are about. */
export function FreezesPart({ freezes, faults, find, onFreezes }: Props) {
  const [openId, setOpenId] = useState<string | null>(null);
  const at = freezes.findIndex(({ id }) => id === openId);
  const open = freezes[at];
  const add = () => {
    const freeze = freshFreeze(new Date());
    onFreezes([...freezes, freeze]);
    setOpenId(freeze.id);
  };
  return (
    <Section aside="before all rules" title="Freezes">
      {freezes.length === 0 ? (
        <p className="max-w-prose text-soft text-sm">
          None. A freeze refuses whatever would begin while it lasts, for a release or the holidays, except
          for the people and groups it names.
        </p>
      ) : (
        <PolicyList
          isOrdered={false}
          label="Freezes"
          lines={freezes.map((freeze, n) => ({
            ...{ id: freeze.id, name: freeze.name, sentence: freezeInWords(freeze), fine: null },
            faults: faults.filter((one) => one.at.startsWith(`freezes.${n}.`)).length,
          }))}
          onOpen={setOpenId}
          onRemove={(id) => onFreezes(freezes.filter((freeze) => freeze.id !== id))}
          openId={openId}
        >
          {open && (
            <FreezeForm
              fault={faultsBelow(faults, `freezes.${at}`)}
              find={find}
              freeze={open}
              key={open.id}
              onFreeze={(freeze) => onFreezes(freezes.with(at, freeze))}
            />
          )}
        </PolicyList>
      )}
      <p className="mt-3">
        <button className="btn" onClick={add} type="button">
          Add a freeze
        </button>
      </p>
    </Section>
  );
}
