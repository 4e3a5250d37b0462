/** A refusal in PIM's words: code and message are the contract, each surface wraps them in its envelope. */
export class PimRefusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'PimRefusal';
    this.status = status;
    this.code = code;
  }
}
