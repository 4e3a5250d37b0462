import type { Route } from '#lib/emulator/graph/exchange.ts';
import { agentRoutes } from './agent-routes.ts';
import { applicationRoutes } from './application-routes.ts';
import { blueprintRoutes } from './blueprint-routes.ts';
import { directoryRoleRoutes } from './directory-role-routes.ts';
import { groupRoutes } from './group-routes.ts';
import { groupWrites } from './group-writes.ts';
import { objectRoutes } from './object-routes.ts';
import { servicePrincipalRoutes } from './service-principal-routes.ts';
import { unitRoutes } from './unit-routes.ts';
import { unitWrites } from './unit-writes.ts';
import { userRoutes } from './user-routes.ts';
import { userWrites } from './user-writes.ts';

/** Users, groups, service principals, applications, administrative units, the organization. */
export const directoryRoutes: Route[] = [
  ...userRoutes,
  ...groupRoutes,
  ...userWrites,
  ...groupWrites,
  // Before service principals: its path looks like the id of one.
  ...agentRoutes,
  ...blueprintRoutes,
  ...servicePrincipalRoutes,
  ...applicationRoutes,
  ...unitRoutes,
  ...unitWrites,
  ...directoryRoleRoutes,
  ...objectRoutes,
];
