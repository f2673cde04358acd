// `terraform destroy` first makes a plan like any other, so what refuses a creation or a change stops it too. Nothing in
// the request tells the two apart; so the way past is said with every such refusal.

import { engineCommand } from '../engine-command.ts';
import { type Problem, type ProblemCode, Problems, problemsOf } from '../errors.ts';

/** What is wrong with the configuration or with what it meets. Who cannot reach the service cannot destroy either. */
const REFUSALS: ReadonlySet<ProblemCode> = new Set(['invalid_input', 'not_found', 'conflict', 'refused']);

const ADVICE = `If this stops a destroy, which plans changes first, this goes past it: ${engineCommand('destroy -refresh=false')}`;

/** The same problem(s), with the way past them for those who want everything gone. */
export function withWayToDestroy(thrown: unknown): unknown {
  const problems = problemsOf(thrown);
  if (!problems.some(({ code }) => REFUSALS.has(code))) return thrown;
  const advised = problems.map((problem) => (REFUSALS.has(problem.code) ? advise(problem) : problem));
  const [only, ...others] = advised;
  return others.length === 0 ? only : new Problems(advised);
}

function advise(problem: Problem): Problem {
  const { detail } = problem;
  return problem.with({ detail: detail === '' ? ADVICE : `${detail}\n\n${ADVICE}` });
}
