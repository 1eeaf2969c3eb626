import { type By, bureaus, by, type Caller, may, type Scope } from '@shixun/runtime';
import type { AssessmentKind } from './record.ts';

/** Who gives which kind. The access table lets all of them try; the decision says what each may give. [EVL-03] */
export const assessors = {
  agency: [by('ThirdPartyEvaluator', 'region')],
  inspection: [...bureaus, by('QualityMonitor', 'region')],
} as const satisfies Record<AssessmentKind, readonly By[]>;

/** The kinds that the caller may give for a project there. */
export function kindsOpenTo(caller: Caller | null, project: Scope): readonly AssessmentKind[] {
  const kinds: readonly AssessmentKind[] = ['agency', 'inspection'];
  return kinds.filter((kind) => may(caller, assessors[kind], project));
}
