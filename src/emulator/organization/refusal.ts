/** Why a request was not done. Operations return it instead of throwing: a refusal is an ordinary answer. */
export class Refusal {
  readonly status: number;
  readonly message: string;

  constructor(status: number, message: string) {
    this.status = status;
    this.message = message;
  }
}

export function refuse(status: number | `${number}`, message: string): Refusal {
  return new Refusal(Number(status), message);
}
