// What users are told about their keys: the refusals, and the warnings. Each names what happened and what to do.

import { Problem } from '../../errors.ts';
import type { Warning } from '../../lifecycle/operation.ts';
import { UNTAINT } from '../advice.ts';
import type { Session } from '../session.ts';
import type { Decision } from './schedule/decision.ts';
import type { AccessKeyState } from './schema.ts';

export function refuseSelfLockout(username: string, session: Session | undefined): void {
  if (session?.username !== username) return;
  throw new Problem({
    code: 'refused',
    diagnostic: 'own_key',
    summary: 'This would rotate the key that the provider runs on',
    detail: `${username} is the account in the provider block: its key would die in the middle of the apply. Configure the provider with other credentials, and rotate this one from there.`,
    path: ['username'],
  });
}

export function refuseForeignRotation(username: string): Problem {
  return new Problem({
    code: 'refused',
    diagnostic: 'stopped_by_rotation_elsewhere',
    summary: `The access key of ${username} was rotated elsewhere`,
    detail:
      'on_external_rotation = "error" asks to stop here until somebody has looked. Find out who rotated it; then set on_external_rotation to "adopt" (take the key as it is) or "rotate" (make another one) and apply.',
    path: ['on_external_rotation'],
  });
}

export function mayBeRotated(username: string, trigger: string): Warning {
  return {
    diagnostic: 'may_rotate',
    summary: `The access key of ${username} may be rotated`,
    detail: `The value of ${trigger} is known only during apply; if it differs from the stored one, the key is rotated and the old one dies at once.`,
    path: ['triggers'],
  };
}

export function heldBack(username: string, reason: string, rotatedAt: string | null): Warning {
  return {
    diagnostic: 'held_back',
    summary: `The rotation of ${username} is held back`,
    detail: `${reason}, but the key is younger than minimum_age_days (it was rotated at ${rotatedAt}). The change stays pending and shows up again in each plan until then. To rotate now, set minimum_age_days = 0.`,
    path: ['triggers'],
  };
}

export function rotatedElsewhere(username: string, identifier: string): Warning {
  return {
    diagnostic: 'rotated_elsewhere',
    summary: `The access key of "${identifier}" was rotated elsewhere`,
    detail: `Somebody or something else gave ${username} a new key since the last apply, or the result of a rotation got lost, or state was restored from a backup. on_external_rotation says what happens about it; nothing was rotated because of it.`,
  };
}

export function listLagsBehind(username: string): Warning {
  return {
    diagnostic: 'list_lags',
    summary: `The list shows an old key of ${username}`,
    detail:
      'It is another key than the known one, and BrowserStack refuses it: the list of service accounts lags behind a rotation. The known key is kept. If this stays so for long, find out whether the account may still use Automate.',
  };
}

export function accountIsGone(username: string): Warning {
  return {
    diagnostic: 'gone',
    summary: `The account of the access key of ${username} is gone`,
    detail:
      'Two lists of service accounts lack it. What is known of the key is kept until the key belongs to another account (username = browserstack_service_account.NAME.username makes it follow), or its block is removed: nothing is forgotten if the account comes back.',
    path: ['username'],
  };
}

export function keyCannotBeTried(username: string): Warning {
  return {
    diagnostic: 'key_not_tried',
    summary: `It is not known whether the key of ${username} was rotated elsewhere`,
    detail:
      'The list of service accounts shows another key than the known one, and BrowserStack does not say whether it works: it may be a new one, or an old one in a list that lags behind. The known key is kept; plan again in a minute.',
  };
}

export function keyIsLost(username: string): Warning {
  return {
    diagnostic: 'key_lost',
    summary: `The access key of ${username} is lost`,
    detail:
      'The last known key is dead and the new one cannot be seen. Get a key for the account, give it as current_access_key and apply: it is adopted, nothing is rotated. See the guide "Runbook: lost key".',
    path: ['current_access_key'],
  };
}

export function adoptedInstead(username: string): Warning {
  return {
    diagnostic: 'adopted',
    summary: `The access key of ${username} had been rotated already`,
    detail:
      'Somebody else rotated it after this plan was made. That key is adopted and counts as the planned rotation; it was not rotated twice.',
  };
}

export function rotatedAsDestroyed({ username, identifier }: AccessKeyState): Warning {
  return {
    diagnostic: 'rotates_on_destroy',
    summary: `The access key of "${identifier ?? username}" is rotated as it is destroyed`,
    detail: `rotate_on_destroy is true: the key of ${username} dies, and its new one stands nowhere. Whoever still uses it stops working.`,
  };
}

export function rotatedByRequest(object: string): Warning {
  return {
    diagnostic: 'rotated_by_request',
    summary: `${object} was rotated because its replacement was requested`,
    detail: '-replace, or replace_triggered_by. Generation and dates go on from those of the old object.',
  };
}

/** The new object was made before the old one was destroyed, and knew nothing of it. */
export function startedAnew({ username, identifier, schedule_base }: AccessKeyState): Problem {
  return new Problem({
    code: 'refused',
    diagnostic: 'age_starts_anew',
    summary: `The access key of "${identifier ?? username}" was not rotated, and its age starts anew`,
    detail: `Its object was replaced by one that was made first (create_before_destroy, of this resource or of one that depends on it; or a renamed block whose user name was not known), and then nobody tells what was there before. The key of ${username} is the same and works. To keep counting from when it was made, set adopted_key_age = "${schedule_base}". To rotate it, change a trigger, or: browserstack-iac rotate ${username}. The next apply removes what is left of the old object.`,
  });
}

/** A pair had the key before its object was destroyed, which the plan could not know. */
export function takenMeanwhile({ username, identifier }: AccessKeyState): Problem {
  return new Problem({
    code: 'refused',
    diagnostic: 'kills_for_another',
    summary: `The access key of "${identifier ?? username}" was not rotated as it was destroyed`,
    detail: `rotate_on_destroy is true, but a pair that was made in this run has the key of ${username}: it would hold a dead one. The key works. The next apply removes what is left of the old object, without a rotation.`,
  });
}

/** A plan that did not see the old object promises a first one: nobody can keep that, and an age besides. */
export function hadOneAlready({ username, identifier }: AccessKeyState): Problem {
  return new Problem({
    code: 'stale',
    diagnostic: 'had_an_object',
    summary: `The access key of "${identifier ?? username}" had an object already`,
    detail: `It ended in this very run, at another address; the plan did not know that both are of ${username}, because its user name was not known then. Apply again: the new object goes on where the old one ended. (With a moved block it would have been one step.)`,
  });
}

/** `object` is a key or a pair, as messages call it. */
export function tainted(object: string, decision: Decision): Warning {
  if (decision.kind === 'rotate')
    return {
      diagnostic: 'tainted',
      summary: `${object} is tainted, and is rotated`,
      detail: `It is replaced, and rotated once: ${decision.reason}.`,
    };
  return {
    diagnostic: 'tainted',
    summary: `${object} is tainted, and nothing is rotated`,
    detail: `It is replaced, because a provisioner or an earlier apply failed, or by the taint command: which one, nobody can tell. Keys, age and count stay. To rotate, change a trigger, or use -replace=ADDRESS. To leave it alone: ${UNTAINT}.`,
  };
}
