// All commands, in the order of the help.

import type { Command } from '../command.ts';
import { adopt } from './adopt.ts';
import { apply } from './apply.ts';
import { demo } from './demo.ts';
import { drift } from './drift.ts';
import { emulate } from './emulate.ts';
import { keys } from './keys.ts';
import { plan } from './plan.ts';
import { provider } from './provider.ts';
import { report } from './report.ts';
import { review } from './review.ts';
import { rotate } from './rotate.ts';
import { rotateDue } from './rotate-due.ts';
import { scan } from './scan.ts';

export const commands: readonly Command[] = [
  plan,
  apply,
  drift,
  adopt,
  review,
  rotate,
  rotateDue,
  keys,
  report,
  scan,
  demo,
  emulate,
  provider,
];
