import { accept, regionPath } from '@shixun/kernel';
import { defineCommand, notFound } from '@shixun/runtime';
import { z } from 'zod';
import { excluded } from '../delivery/participation.ts';
import { participations } from '../delivery/store.ts';
import { type EnrollmentRow, enrollments } from '../enrollment/store.ts';
import { wordsOf } from '../menus/words.ts';
import type { ClassState, Stage } from '../projects/project.ts';
import { classes } from '../projects/store.ts';
import { keptUpload, type UploadRow, uploads } from '../uploads/store.ts';
import { notices } from './notices.ts';
import {
  gradeResult,
  type Licence,
  licences,
  type PackageMember,
  publishPackage,
  type ResultGrade,
  type ResultKind,
  type ResultState,
  resultGrades,
  resultKinds,
  submitResult,
} from './result.ts';
import {
  type PracticeResultRow,
  practiceResults,
  type ResourcePackageRow,
  resourcePackages,
} from './store.ts';

const stages = ['kindergarten', 'primary', 'junior', 'senior', 'vocational', 'higher'] as const;
const title = z.string().trim().min(1).max(100);
const subject = z.string().regex(/^[a-z][a-z_]{0,40}$/);

type Submit = {
  readonly enrollmentId: string;
  readonly uploadId: string;
  readonly kind: ResultKind;
  readonly title: string;
  readonly stage: Stage;
  readonly subject: string;
  readonly licence: Licence;
};
type SubmitFacts = {
  readonly enrollment: EnrollmentRow;
  readonly file: UploadRow['file'];
  readonly sameAs: string | null;
  readonly violated: boolean;
  readonly classState: ClassState;
};

/** The trainee hands in a result whose file is uploaded. [CRS-56] */
export const submitResultCommand = defineCommand<Submit, SubmitFacts, Submit, PracticeResultRow>({
  name: 'submitResult',
  input: z.object({
    enrollmentId: z.string(),
    uploadId: z.string(),
    kind: z.enum(resultKinds),
    title,
    stage: z.enum(stages),
    subject,
    licence: z.enum(licences),
  }),
  gather: async ({ enrollmentId, uploadId }, unit) => {
    const enrollment = await unit.findById(enrollments, enrollmentId);
    if (enrollment?.state !== 'confirmed') {
      return notFound('enrollment', enrollmentId, ['enrollmentId']);
    }
    const trainingClass = await unit.findById(classes, enrollment.classId);
    if (trainingClass === null) return notFound('class', enrollment.classId, ['enrollmentId']);
    const upload = await unit.findById(uploads, uploadId);
    const own = upload?.purpose === 'result' && upload.aboutId === enrollmentId;
    const file = own ? upload.file : null;
    const same = file && (await unit.findOne(practiceResults, { contentHash: file.contentHash }));
    const record = await unit.findById(participations, enrollmentId);
    return {
      enrollment,
      file,
      sameAs: same?._id ?? null,
      violated: record !== null && excluded(record),
      classState: trainingClass.state,
    };
  },
  scope: ({ enrollment }) => ({ personId: enrollment.teacherId }),
  decide: (input, facts) => submitResult(input, facts),
  record: (input, { enrollment, file }, unit) => {
    const { classId, projectId, teacherId, schoolId, institutionId, ownerRegionCode } = enrollment;
    const row: PracticeResultRow = {
      _id: unit.newId('practiceResult'),
      ...input,
      words: wordsOf(input.title),
      classId,
      projectId,
      teacherId,
      schoolId,
      institutionId,
      ownerRegionCode,
      regionPath: regionPath(ownerRegionCode),
      contentHash: file?.contentHash ?? '',
      contentType: file?.contentType ?? '',
      state: 'submitted',
      grade: null,
      remark: null,
      submittedAt: unit.now,
      reviewedAt: null,
      reviewedBy: null,
    };
    unit.insert(practiceResults, row);
    unit.update(uploads, { _id: input.uploadId, state: 'there' }, keptUpload);
    return row;
  },
  stream: ({ enrollment }) => enrollment.classId,
  audited: ({ enrollmentId, uploadId, kind }) => ({ enrollmentId, uploadId, kind }),
});

type Grade = {
  readonly resultId: string;
  readonly grade: ResultGrade | null;
  readonly remark: string | null;
};
type Graded = Grade & { readonly state: ResultState; readonly by: string };

/** The institution or the bureau reviews a result: a grade, or back with a remark. [CRS-56] */
export const gradeResultCommand = defineCommand<
  Grade,
  PracticeResultRow,
  Graded,
  PracticeResultRow
>({
  name: 'gradeResult',
  input: z.object({
    resultId: z.string(),
    grade: z
      .enum(resultGrades)
      .nullish()
      .transform((grade) => grade ?? null),
    remark: z
      .string()
      .trim()
      .max(1000)
      .nullish()
      .transform((remark) => remark || null),
  }),
  gather: async ({ resultId }, unit) =>
    (await unit.findById(practiceResults, resultId)) ??
    notFound('practiceResult', resultId, ['resultId']),
  scope: ({ institutionId, ownerRegionCode }) => ({
    institutionId,
    regionCode: ownerRegionCode,
  }),
  decide: (input, row, { caller }) => {
    const decision = gradeResult(input, row);
    if (!decision.accepted) return decision;
    return accept({ ...input, ...decision.outcome, by: caller?.subject ?? '' });
  },
  record: ({ grade, remark, state, by }, row, unit) => {
    const change = { grade, remark, state, reviewedAt: unit.now, reviewedBy: by };
    unit.update(practiceResults, { _id: row._id, state: 'submitted' }, { $set: change });
    const words = grade === null ? ['退回修改', 'returned'] : [gradesZh[grade], grade];
    unit.notify({
      notice: notices.RESULT_REVIEWED,
      to: { teacherId: row.teacherId },
      subject: row._id,
      figures: {
        title: row.title,
        resultId: row._id,
        wordZh: words[0] ?? '',
        wordEn: words[1] ?? '',
      },
    });
    return { ...row, ...change };
  },
  stream: ({ classId }) => classId,
  audited: ({ resultId, grade }) => ({ resultId, grade }),
});

const gradesZh: Readonly<Record<ResultGrade, string>> = {
  qualified: '合格',
  good: '优质',
  excellent: '精品',
};

type Publish = {
  readonly regionCode: string;
  readonly title: string;
  readonly stage: Stage;
  readonly subject: string;
  readonly resultIds: readonly string[];
};

/** The bureau collects results into a package of its region; its teachers are told by a chore. [CRS-56] */
export const publishResourcePackageCommand = defineCommand<
  Publish,
  readonly PackageMember[],
  Publish & { readonly by: string },
  ResourcePackageRow
>({
  name: 'publishResourcePackage',
  input: z.object({
    regionCode: z.string().regex(/^\d{6}$/),
    title,
    stage: z.enum(stages),
    subject,
    resultIds: z.array(z.string()).min(1).max(100),
  }),
  gather: async ({ regionCode, resultIds }, unit) => {
    const rows = await unit.find(practiceResults, { _id: { $in: resultIds } });
    return rows.map((row) => ({ ...row, inRegion: row.regionPath.includes(regionCode) }));
  },
  scope: (_facts, { regionCode }) => ({ regionCode }),
  decide: (input, members, { caller }) => {
    const decision = publishPackage(input, members);
    return decision.accepted ? accept({ ...input, by: caller?.subject ?? '' }) : decision;
  },
  record: ({ by, ...content }, _members, unit) => {
    const row: ResourcePackageRow = {
      _id: unit.newId('resourcePackage'),
      ...content,
      regionPath: regionPath(content.regionCode),
      publishedAt: unit.now,
      publishedBy: by,
      pushedAfter: '',
      pushed: 0,
    };
    unit.insert(resourcePackages, row);
    return row;
  },
  stream: (_facts, _outcome, row) => row._id,
});
