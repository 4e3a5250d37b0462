/** A refusal in Graph's words: the surface puts it in Graph's envelope. */
export class GraphRefusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'GraphRefusal';
    this.status = status;
    this.code = code;
  }
}

/** The call itself is wrong: a filter, an option, a body. */
export const badRequest = (message: string) => new GraphRefusal(400, 'Request_BadRequest', message);

/** Neither permission nor standing for this. */
export const denied = () =>
  new GraphRefusal(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');

export const resourceMissing = (id: string) =>
  new GraphRefusal(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );

/** An id in the path that cannot be one. */
export const invalidId = (id: string) => badRequest(`Invalid object identifier '${id}'.`);

/** A path that is there, with a method it does not take. */
export const methodNotAllowed = () =>
  new GraphRefusal(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.');
