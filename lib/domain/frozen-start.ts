/** What Azure has scheduled already, and begins while a freeze lasts. */
export interface FrozenStart {
  requestId: string;
  requesterName: string;
  roleName: string;
  scopeName: string;
  startsAt: Date;
  freezeName: string;
}
