import { connection, mutation, type ResolverTable, visibleTo } from '@shixun/runtime';
import { enrollments } from '../enrollment/store.ts';
import { trackingReaders } from './access.ts';
import { answerTrackingCommand } from './commands.ts';
import { type TrackingRow, trackings } from './store.ts';

type Asked = {
  readonly askedId?: string | null;
  readonly projectId?: string | null;
  readonly state?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
};

export const trackingResolvers: ResolverTable = {
  Query: {
    trackings: (_parent, { askedId, projectId, state, ...page }: Asked, context) => {
      const visible = visibleTo(context.caller, trackingReaders, {
        region: 'ownerRegionCode',
        school: 'schoolId',
        institution: 'institutionId',
        own: 'teacherId',
      });
      const named = {
        ...(askedId ? { askedId } : {}),
        ...(projectId ? { projectId } : {}),
        ...(state ? { state } : {}),
      };
      // One of the two is what the indexes begin with; without either there is no list.
      const asked = askedId || projectId;
      return connection(context.db.model(trackings), {
        filter: asked && visible !== null ? { $and: [named, visible] } : null,
        sort: [
          ['dueOn', -1],
          ['_id', -1],
        ],
        ...page,
      });
    },
  },
  Mutation: { answerTracking: mutation(answerTrackingCommand, 'tracking') },
  Tracking: {
    id: ({ _id }: TrackingRow) => _id,
    enrollment: ({ enrollmentId }: TrackingRow, _args, context) =>
      context.loadOne(enrollments, enrollmentId),
  },
};
