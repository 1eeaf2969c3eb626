import { allFields, bureaus, defineAccess, everyone } from '@shixun/runtime';

/** Who watches over quality is public. */
export const monitorAccess = defineAccess({
  types: {
    QualityMonitor: { fields: allFields(everyone) },
    QualityMonitorConnection: { fields: allFields(everyone) },
    QualityMonitorEdge: { fields: allFields(everyone) },
    DesignateMonitorPayload: { fields: allFields(everyone) },
  },
  Query: { qualityMonitors: everyone },
  Mutation: { designateMonitor: bureaus },
});
