/** What the mutations on plans take, beyond GraphQL's types. Empty texts pass: the review names every gap at once. */
import { z } from 'zod';
import { chosen, hoursCenti, id, regionCode } from '../projects/input.ts';
import type { PlanContent, PlanModule, Segment } from './plan.ts';

const long = z.string().max(4000);
const short = z.string().max(200);

const post = z.strictObject({ personId: id, fullTime: z.boolean() });

const planModule = z
  .strictObject({
    key: z.string().min(1).max(40),
    title: short.min(1),
    category: chosen<PlanModule['category']>(),
    practical: z.boolean(),
    main: z.boolean(),
    required: z.boolean(),
    methods: z.array(short).max(20),
    hours: hoursCenti,
    goals: long,
    requirement: long,
    homework: long,
    introduction: long,
    trainerIds: z.array(id).max(50),
    topics: z.array(z.strictObject({ standardCode: id, topicCode: id })).max(50),
    stageKey: z.string().max(40).nullish(),
    labels: z.array(z.string().regex(/^[a-z][a-z_]{0,39}$/, 'is no label')).max(20),
  })
  .transform(({ hours, stageKey, ...rest }) => ({
    ...rest,
    stageKey: stageKey ?? null,
    hoursCenti: hours,
  }));

const session = z.strictObject({
  moduleKey: z.string().max(40),
  date: z.string(),
  startMinute: z.int().min(0).max(1440),
  minutes: z.int().min(0).max(1440),
  place: short,
  trainerId: id,
});

const quota = z
  .strictObject({
    regionCode: regionCode.nullish(),
    schoolId: id.nullish(),
    places: z.int().min(0).max(100_000),
  })
  .transform((given) => ({
    regionCode: given.regionCode ?? null,
    schoolId: given.schoolId ?? null,
    places: given.places,
  }));

const planClass = z
  .strictObject({
    name: short.min(1),
    place: short,
    capacity: z.int().min(0).max(100_000),
    quotas: z.array(quota).max(500),
    classHead: post.nullish(),
    segments: z
      .array(
        z.strictObject({
          startsOn: z.string(),
          endsOn: z.string(),
          part: chosen<Segment['part']>(),
        }),
      )
      .max(20),
    sessions: z.array(session).max(500),
  })
  .transform((given) => ({ ...given, classHead: given.classHead ?? null }));

export const planContent: z.ZodType<PlanContent> = z
  .strictObject({
    audienceDescription: long,
    goals: long,
    modules: z.array(planModule).max(100),
    trainers: z.array(z.strictObject({ trainerId: id, specialty: long })).max(200),
    projectLeader: post.nullish(),
    chiefExpertId: id.nullish(),
    completionAssessment: long.nullish(),
    classes: z.array(planClass).max(50),
  })
  .transform((given) => ({
    ...given,
    projectLeader: given.projectLeader ?? null,
    chiefExpertId: given.chiefExpertId ?? null,
    completionAssessment: given.completionAssessment ?? null,
  }));

export const submitPlanInput = z.strictObject({ projectId: id, plan: planContent });
export const reviewPlanInput = z.strictObject({
  projectId: id,
  verdict: chosen<'accept' | 'return'>(),
  reason: z.string().trim().max(2000).nullish(),
});
