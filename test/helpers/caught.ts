import { Problem } from '../../src/errors.ts';

/** The Problem that a promise was rejected with; anything else fails the test. */
export async function caught(promise: Promise<unknown> | undefined): Promise<Problem> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
