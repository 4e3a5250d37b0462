import { useState } from 'react';
import { Empty } from '#components/ui/empty.tsx';
import { Section } from '#components/ui/section.tsx';
import type { ApprovalPolicy } from '#lib/domain/approval-policy.ts';
import type { PolicyFault } from '#lib/domain/approval-policy-faults.ts';
import { fineWords } from '#lib/domain/policy-changes.ts';
import { ruleInWords } from '#lib/domain/rule-words.ts';
import { faultsBelow } from './faults.ts';
import { freshRule } from './fresh.ts';
import { PolicyList } from './policy-list.tsx';
import { RuleForm } from './rule-form.tsx';
import type { Find } from './verbs.ts';

interface Props {
  rules: ApprovalPolicy['rules'];
  faults: readonly PolicyFault[];
  find: Find;
  onRules: (rules: ApprovalPolicy['rules']) => void;
}

/** The rules in their order, one of them open. */
export function RulesPart({ rules, faults, find, onRules }: Props) {
  const [openId, setOpenId] = useState<string | null>(null);
  const at = rules.findIndex(({ id }) => id === openId);
  const open = rules[at];
  const add = () => {
    const rule = freshRule();
    onRules([...rules, rule]);
    setOpenId(rule.id);
  };
  const move = (id: string, by: -1 | 1) => {
    const from = rules.findIndex((rule) => rule.id === id);
    const [rule] = rules.slice(from, from + 1);
    if (rule) onRules(rules.toSpliced(from, 1).toSpliced(from + by, 0, rule));
  };
  return (
    <Section aside="the first that is about an ask decides it" title="Rules">
      {rules.length === 0 ? (
        <Empty title="No rule yet: what PIM asks is all that is asked">
          <p>
            A rule says which asks wait for signatures before Azure hears of them, and whose. A good first
            one: critical roles, one signature of a group of approvers.
          </p>
        </Empty>
      ) : (
        <PolicyList
          isOrdered
          label="Rules"
          lines={rules.map((rule, n) => ({
            ...{ id: rule.id, name: rule.name, sentence: ruleInWords(rule) },
            fine: rule.then.is === 'stages' ? fineWords(rule) : null,
            faults: faults.filter((one) => one.at.startsWith(`rules.${n}.`)).length,
          }))}
          onMove={move}
          onOpen={setOpenId}
          onRemove={(id) => onRules(rules.filter((rule) => rule.id !== id))}
          openId={openId}
        >
          {open && (
            <RuleForm
              fault={faultsBelow(faults, `rules.${at}`)}
              find={find}
              onRule={(rule) => onRules(rules.with(at, rule))}
              rule={open}
            />
          )}
        </PolicyList>
      )}
      <p className="mt-3">
        <button className="btn" onClick={add} type="button">
          Add a rule
        </button>
      </p>
    </Section>
  );
}
