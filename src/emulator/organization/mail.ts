import { type Context, now } from '../context.ts';

const KEPT = 1000;

/** Notes an e-mail to a person. Service accounts have no address, so nobody can write to one. */
export function sendMail(context: Context, to: string, subject: string): void {
  context.state.mails = [...context.state.mails, { at: now(context), to, subject }].slice(-KEPT);
}
