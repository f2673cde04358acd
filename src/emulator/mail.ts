import { now, type World } from './world.ts';

const KEPT = 1000;

/** Notes an e-mail to a person. Service accounts have no address, so nobody can write to one. */
export function sendMail(world: World, to: string, subject: string): void {
  world.state.mails = [...world.state.mails, { at: now(world), to, subject }].slice(-KEPT);
}
