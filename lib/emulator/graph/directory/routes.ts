import type { Route } from '#lib/emulator/graph/exchange.ts';
import { groupRoutes } from './group-routes.ts';
import { objectRoutes } from './object-routes.ts';
import { servicePrincipalRoutes } from './service-principal-routes.ts';
import { userRoutes } from './user-routes.ts';

/** Users, groups, service principals, the organization. */
export const directoryRoutes: Route[] = [
  ...userRoutes,
  ...groupRoutes,
  ...servicePrincipalRoutes,
  ...objectRoutes,
];
