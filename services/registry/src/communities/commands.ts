import { regionLevel } from '@shixun/kernel';
import { defineCommand, notFound } from '@shixun/runtime';
import { z } from 'zod';
import { regions } from '../regions/store.ts';
import { schools } from '../schools/store.ts';
import { findPerson } from '../teachers/store-person.ts';
import { stages } from '../teachers/teacher.ts';
import { openWorkshop, setArea } from './organize.ts';
import { areas, workshops } from './store.ts';

const id = z.string().max(64);
const optionalId = id.nullish().transform((given) => given ?? null);
export type CommunityAnswer = { readonly id: string };

export const setAreaCommand = defineCommand({
  name: 'setArea',
  input: z.strictObject({
    areaId: optionalId,
    countyCode: z.string().regex(/^\d{6}$/),
    name: z.string().trim().min(2).max(60),
    schoolIds: z.array(id).max(100),
  }),
  gather: async ({ areaId, countyCode, schoolIds }, unit) => {
    const area = areaId === null ? null : await unit.findById(areas, areaId);
    if (areaId !== null && area?.countyCode !== countyCode) {
      return notFound('area', areaId, ['areaId']);
    }
    const region = await unit.findById(regions, countyCode);
    const rows = await unit.find(schools, { _id: { $in: schoolIds } });
    const others = await unit.find(areas, { schoolIds: { $in: schoolIds } });
    return {
      area,
      countyLevel: region === null || region.abolishedOn ? undefined : regionLevel(countyCode),
      schools: rows.map(({ _id, ...row }) => ({ id: _id, ...row })),
      elsewhere: others.flatMap((other) => (other._id === areaId ? [] : other.schoolIds)),
    };
  },
  scope: (_facts, { countyCode }) => ({ regionCode: countyCode }),
  decide: ({ countyCode, name, schoolIds }, facts) =>
    setArea({ countyCode, name, schoolIds: [...new Set(schoolIds)] }, facts),
  record: (change, { area }, unit): CommunityAnswer => {
    const _id = area?._id ?? unit.newId('area');
    if (area === null) unit.insert(areas, { _id, ...change });
    else unit.update(areas, { _id }, { $set: change });
    return { id: _id };
  },
  // One chain for the county: two areas that take one school at once are decided one after the other.
  stream: (_facts, { countyCode }) => `areas/${countyCode}`,
});

export const openWorkshopCommand = defineCommand({
  name: 'openWorkshop',
  input: z.strictObject({
    name: z.string().trim().min(2).max(60),
    hostTeacherId: id,
    subject: z.string().regex(/^[a-z][a-z_]{1,40}$/),
    stage: z.enum(stages),
    regionCode: z.string().regex(/^\d{6}(\d{3})?$/),
    schoolId: optionalId,
  }),
  gather: async ({ hostTeacherId }, unit) => {
    const host = await findPerson(unit, hostTeacherId);
    return host === null ? notFound('teacher', hostTeacherId, ['hostTeacherId']) : { host };
  },
  scope: (_facts, { regionCode, schoolId }) => ({ regionCode, schoolId }),
  decide: (input, facts) => openWorkshop({ ...input, hostTeacherId: facts.host._id }, facts),
  record: (opened, _facts, unit): CommunityAnswer => {
    const _id = unit.newId('workshop');
    unit.insert(workshops, { _id, ...opened, openedAt: unit.now });
    return { id: _id };
  },
  stream: (_facts, _outcome, answer) => answer.id,
});
