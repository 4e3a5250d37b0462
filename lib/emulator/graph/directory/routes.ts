import type { Route } from '#lib/emulator/graph/exchange.ts';
import { groupRoutes } from './group-routes.ts';
import { groupWrites } from './group-writes.ts';
import { objectRoutes } from './object-routes.ts';
import { servicePrincipalRoutes } from './service-principal-routes.ts';
import { userRoutes } from './user-routes.ts';
import { userWrites } from './user-writes.ts';

/** Users, groups, service principals, the organization. */
export const directoryRoutes: Route[] = [
  ...userRoutes,
  ...groupRoutes,
  ...userWrites,
  ...groupWrites,
  ...servicePrincipalRoutes,
  ...objectRoutes,
];
