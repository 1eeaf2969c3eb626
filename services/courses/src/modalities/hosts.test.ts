import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { appointHost, evaluateHost, type HostFacts, replaceHost, rewardHost } from './hosts.ts';

const namesOf = (decision: Decision<unknown>) =>
  decision.accepted ? [] : decision.faults.map(({ code }) => code.name);

describe('workshop hosts', () => {
  const facts: HostFacts = { modality: 'workshop', standing: null, demonstrated: true };
  test('CRS-32: a host completed a demonstration workshop, and a workshop has one host', () => {
    const teacherId = 'tch_1';
    expect(namesOf(appointHost({ teacherId }, facts))).toEqual([]);
    expect(namesOf(appointHost({ teacherId }, { ...facts, demonstrated: false }))).toEqual([
      'HOST_WITHOUT_DEMONSTRATION',
    ]);
    expect(
      namesOf(appointHost({ teacherId }, { ...facts, standing: { teacherId: 'tch_2' } })),
    ).toEqual(['HOST_APPOINTED_ALREADY']);
    expect(namesOf(appointHost({ teacherId }, { ...facts, modality: 'online' }))).toEqual([
      'HOST_NOT_ASKED',
    ]);
  });

  test('CRS-32: appointed, evaluated, then a strong one rewarded and a weak one replaced; never the other way', () => {
    const host = (
      state: 'appointed' | 'evaluated' | 'replaced',
      verdict: 'strong' | 'adequate' | 'weak' | null,
    ) => ({ state, verdict });
    const next = { teacherId: 'tch_3' };
    const replaced = { ...facts, standing: { teacherId: 'tch_1' } };
    expect(namesOf(evaluateHost({ verdict: 'weak' }, host('appointed', null)))).toEqual([]);
    expect(namesOf(evaluateHost({ verdict: 'weak' }, host('replaced', 'weak')))).toEqual([
      'HOST_STEP_NOT_NEXT',
    ]);
    expect(namesOf(rewardHost(host('appointed', null)))).toEqual(['HOST_STEP_NOT_NEXT']);
    for (const verdict of ['strong', 'adequate', 'weak'] as const) {
      expect(rewardHost(host('evaluated', verdict)).accepted).toBe(verdict === 'strong');
      expect(replaceHost(next, host('evaluated', verdict), replaced).accepted).toBe(
        verdict === 'weak',
      );
    }
    expect(
      namesOf(replaceHost({ teacherId: 'tch_1' }, host('evaluated', 'weak'), replaced)),
    ).toEqual(['HOST_APPOINTED_ALREADY']);
  });
});
