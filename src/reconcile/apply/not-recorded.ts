import { Problem } from '../../errors.ts';

/** What is owned cannot be written down any more: nothing further is begun, or it would be forgotten. */
export class NotRecorded extends Problem {
  constructor(file: string, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super({
      code: 'refused',
      summary: `${file} cannot be written`,
      detail: `${why}. What was done before is done; nothing more is begun, because what is made would not be known as owned.`,
      cause,
    });
  }
}
