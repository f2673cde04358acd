import { Problem } from '../errors.ts';
import type { Machine } from './machine.ts';

/**
 * Asks for a "yes" before something is done that cannot be undone.
 * @throws Problem `canceled` for any other answer, `refused` when nobody is there to answer.
 */
export async function askForConsent(machine: Machine, question: string, instead: string): Promise<void> {
  if (!machine.interactive)
    throw new Problem({
      code: 'refused',
      summary: 'Nobody is there to say yes',
      detail: `Standard input is no terminal. ${instead}`,
    });
  const answer = await machine.ask(`${question} Only "yes" goes on: `);
  if (answer.trim() === 'yes') return;
  throw new Problem({ code: 'canceled', summary: 'Canceled', detail: 'Nothing was changed.' });
}
