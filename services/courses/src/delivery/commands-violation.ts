import { accept, decide, fault } from '@shixun/kernel';
import { type CommandContext, defineCommand, notFound, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { recordCompletion } from '../completion/commands-record.ts';
import type { EnrollmentRow } from '../enrollment/store.ts';
import {
  changeRecord,
  classHeadScope,
  readTrainee,
  type Trainee,
  traineeScope,
} from './commands-room.ts';
import { notices } from './notices.ts';
import type { Violation } from './participation.ts';
import { runningFaults } from './record-attendance.ts';
import { codes } from './refusals.ts';
import { appealViolation, decideViolationAppeal } from './violation.ts';

async function gather(
  { enrollmentId }: { enrollmentId: string },
  unit: Unit,
  { policies }: CommandContext,
) {
  const trainee = await readTrainee(enrollmentId, unit, policies);
  return trainee ?? notFound('enrollment', enrollmentId, ['enrollmentId']);
}
const violationChanged = '违规认定变更，重新认定';
const stream = ({ trainingClass }: Trainee) => trainingClass._id;
const audited = ({ enrollmentId }: { enrollmentId: string }) => ({ enrollmentId });
const text = z.string().trim().min(1).max(2000);

type EndForViolation = { readonly enrollmentId: string; readonly evidence: string };

/** A serious violation ends the training at once: recorded with its evidence, not completed from this day. [CRS-53] */
export const endForViolationCommand = defineCommand<
  EndForViolation,
  Trainee,
  EndForViolation & { readonly by: string },
  EnrollmentRow
>({
  name: 'endForViolation',
  input: z.object({ enrollmentId: z.string(), evidence: text }),
  gather,
  scope: classHeadScope,
  decide: (input, { trainingClass, standing }, { caller }) => {
    const faults = [...runningFaults(trainingClass.state)];
    if (standing) faults.push(fault(codes.DECIDED_ALREADY, ['enrollmentId']));
    return decide(faults, () => ({ ...input, by: caller?.subject ?? '' }));
  },
  record: ({ evidence, by }, trainee, unit) => {
    const violation: Violation = { evidence, recordedAt: unit.now, recordedBy: by, appeal: null };
    const participation = { ...trainee.participation, violation };
    changeRecord(trainee, { violation }, violationChanged, unit);
    recordCompletion({ ...trainee, participation }, unit);
    const { teacherId } = trainee.enrollment;
    const { subject, figures } = noteOf(trainee);
    unit.notify({ notice: notices.TRAINING_ENDED, to: { teacherId }, subject, figures });
    return trainee.enrollment;
  },
  stream,
  audited,
});

type Appeal = { readonly enrollmentId: string; readonly reason: string };

/** The trainee appeals, once; the bureau that owns the project decides. [CRS-53] */
export const appealViolationCommand = defineCommand<Appeal, Trainee, Appeal, EnrollmentRow>({
  name: 'appealViolation',
  input: z.object({ enrollmentId: z.string(), reason: text }),
  gather,
  scope: traineeScope,
  decide: (input, { participation }) => appealViolation(input, participation),
  record: ({ reason }, trainee, unit) => {
    const asked = { reason, askedAt: unit.now };
    const open = { upheld: null, remark: null, decidedAt: null, decidedBy: null };
    const { violation } = trainee.participation;
    if (violation === null) return trainee.enrollment;
    const openFor = trainee.enrollment.ownerRegionCode;
    const to = { regionCode: openFor };
    const { subject, figures } = noteOf(trainee);
    unit.notify({ notice: notices.VIOLATION_APPEALED, to, subject, figures });
    const appealed = { ...violation, appeal: { ...asked, ...open, openFor } };
    return changeRecord(trainee, { violation: appealed }, violationChanged, unit);
  },
  stream,
  audited,
});

type DecideAppeal = {
  readonly enrollmentId: string;
  readonly upheld: boolean;
  readonly remark: string;
};

/** Upheld, the violation no longer counts: the refusal is withdrawn, and the record decides anew. [CRS-53] */
export const decideViolationAppealCommand = defineCommand<
  DecideAppeal,
  Trainee,
  DecideAppeal & { readonly by: string },
  EnrollmentRow
>({
  name: 'decideViolationAppeal',
  input: z.object({ enrollmentId: z.string(), upheld: z.boolean(), remark: text }),
  gather,
  scope: ({ enrollment }) => ({ regionCode: enrollment.ownerRegionCode }),
  decide: (input, { participation }, { caller }) => {
    const decision = decideViolationAppeal(input, participation);
    return decision.accepted ? accept({ ...input, by: caller?.subject ?? '' }) : decision;
  },
  record: ({ upheld, remark, by }, trainee, unit) => {
    const { violation } = trainee.participation;
    if (!violation?.appeal) return trainee.enrollment;
    const { openFor: _decided, ...asked } = violation.appeal;
    const appeal = { ...asked, upheld, remark, decidedAt: unit.now, decidedBy: by };
    const words = upheld
      ? { wordZh: '申诉成立，违规认定撤销', wordEn: 'it is upheld, and the violation is lifted' }
      : { wordZh: '申诉不成立，维持原认定', wordEn: 'it is dismissed, and the violation stands' };
    const { subject, figures } = noteOf(trainee);
    unit.notify({
      notice: notices.VIOLATION_APPEAL_DECIDED,
      to: { teacherId: trainee.enrollment.teacherId },
      subject,
      figures: { ...figures, ...words },
    });
    return changeRecord(trainee, { violation: { ...violation, appeal } }, violationChanged, unit);
  },
  stream,
  audited: ({ enrollmentId, upheld }) => ({ enrollmentId, upheld }),
});

function noteOf({ enrollment }: Trainee) {
  const { _id: enrollmentId, classId } = enrollment;
  return { subject: enrollmentId, figures: { enrollmentId, classId } };
}
