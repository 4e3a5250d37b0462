/** A call that is not from who it has to be from: how it is answered, and what is put on record of it. */
export class NotHeard extends Error {
  readonly status: number;
  readonly code: string;
  readonly subject: string | null;

  constructor(status: number, code: string, subject: string | null = null) {
    super(`Not heard: ${code}`);
    this.name = 'NotHeard';
    this.status = status;
    this.code = code;
    this.subject = subject;
  }
}
