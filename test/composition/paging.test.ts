/** No list of entities without an end: whatever grows with the province is a connection with cursors. [GOV-06] */
import { describe, expect, test } from '@jest/globals';
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { clientSchema } from './graph.ts';

/** Entities live on their own: they have an id and their number has no bound of its own. */
function isEntity(type: GraphQLObjectType): boolean {
  return 'id' in type.getFields();
}

function isList(field: GraphQLField<unknown, unknown>): boolean {
  const type = isNonNullType(field.type) ? field.type.ofType : field.type;
  return isListType(type);
}

/** `Type.field` of every list of entities that isn't the page of a connection. */
function unpagedLists(schema: GraphQLSchema): string[] {
  const found: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const of = getNamedType(field.type);
      if (isList(field) && isObjectType(of) && isEntity(of))
        found.push(`${type.name}.${field.name}`);
    }
  }
  return found.sort();
}

/** Every connection field must be asked by `first` and `after`. */
function connectionsWithoutCursor(schema: GraphQLSchema): string[] {
  const found: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (!getNamedType(field.type).name.endsWith('Connection')) continue;
      const names = field.args.map(({ name }) => name);
      if (!names.includes('first') || !names.includes('after'))
        found.push(`${type.name}.${field.name}`);
    }
  }
  return found;
}

/** Lists whose length something else bounds, and what that is. */
const bounded: Readonly<Record<string, string>> = {
  'ClassPeople.left': 'the trainees of one class who left it',
  'ClassPeople.unmatched': 'the trainees of one class without a substitute',
  'Community.above': 'the steps of one chain, as many as there are levels',
  'DuplicatePair.projects': 'two',
  'Enrollment.leaves': 'of one person in one class',
  'ImportCurriculumStandardsPayload.standards': 'the standards of the one input',
  'MergeSchoolsPayload.schools': 'the schools named in the one input',
  'PlanModule.trainers': 'of one module of one plan, bounded by its input',
  'Project.assessments': 'the components of one grade, one of each kind',
  'Project.classes': 'of one project',
  'Project.tenders': 'of one project',
  'Query.duplicateProjects': 'cut off where the comparison itself is',
  'ResourcePackage.results': 'at most 100, bounded by its input',
  'School.successors': 'of one reorganization',
  'School.teachingPoints': 'of one central school',
  'SplitSchoolPayload.schools': 'the schools named in the one input',
  'Tender.objections': 'to one tender',
  'TraineeArchive.leaves': 'of one person in one class',
  'TraineeArchive.results': 'of one person in one class',
  'TraineeGroup.members': 'at most ten trainees',
  'TraineeGroup.mentors': 'a team of three',
  'TrainerYear.entries': 'of one trainer in one year',
  'TrainingClass.attendanceDevices': 'the devices of one class head',
  'TrainingClass.modules': 'of one plan, bounded by its input',
  'TrainingClass.sessions': 'of one class',
  'TrainingClass.workshopHosts': 'of one class, one after another',
};

describe('GOV-06', () => {
  test('GOV-06: every list of entities is keyset-paged, or something bounds its length', () => {
    expect(unpagedLists(clientSchema()).filter((name) => !(name in bounded))).toEqual([]);
  });

  test('GOV-06: the exceptions are still there, so that none outlives its list', () => {
    const lists = unpagedLists(clientSchema());
    expect(Object.keys(bounded).filter((name) => !lists.includes(name))).toEqual([]);
  });

  test('GOV-06: every connection takes first and after', () => {
    expect(connectionsWithoutCursor(clientSchema())).toEqual([]);
  });
});
