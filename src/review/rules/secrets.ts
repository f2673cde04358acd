import { isBeforePlanning } from '../hazards.ts';
import { say } from '../phrase.ts';
import { hazardInWords } from '../words/hazards.ts';
import { at, type Check, changeAt, type Hit } from './check.ts';

export const planIsWhole: Check = ({ review: { plan, refusals } }) => {
  if (plan.errored) {
    const [first] = refusals;
    return [
      {
        message: first === undefined ? ['the plan was refused'] : say`the plan was refused: ${first.summary}`,
      },
    ];
  }
  return plan.complete ? [] : [{ message: ['only a part of the change is in this plan'] }];
};

/** What is there already stops nobody's change; what comes in does. */
export const keyNotInState: Check = (context) =>
  context.review.exposed.map((address): Hit => {
    const change = changeAt(context, address);
    const comesIn = change?.remarks.some(({ code }) => code === 'export_on' || code === 'key_given') === true;
    const where = change === undefined ? { address } : at(change);
    return comesIn
      ? { ...where, message: ['the key goes into the state, in clear'] }
      : {
          ...where,
          message: ['the key stands in the state, in clear'],
          level: change === undefined ? 'note' : 'error',
        };
  });

export const noSecretInCode: Check = ({ review: { hazards } }) =>
  hazards.flatMap((hazard): readonly Hit[] => {
    if (hazard.code !== 'key_literal' && hazard.code !== 'key_default' && hazard.code !== 'key_as_name')
      return [];
    const address =
      hazard.code === 'key_as_name'
        ? hazard.address
        : hazard.code === 'key_literal'
          ? `provider.${hazard.provider}`
          : `var.${hazard.variable}`;
    return hazardInWords(hazard).map((message) => ({ address, message }));
  });

export const baseUrlAllowed: Check = ({ review: { hazards } }) =>
  hazards.flatMap((hazard): readonly Hit[] => {
    switch (hazard.code) {
      case 'foreign_url':
      case 'insecure_url':
        return hazardInWords(hazard).map((message) => ({ address: `provider.${hazard.provider}`, message }));
      case 'unknown_url':
        return [
          {
            address: `provider.${hazard.provider}`,
            message: ['where the key of the administrator is sent is not in the plan'],
            level: 'warning',
          },
        ];
      case 'local_url':
        return [
          {
            address: `provider.${hazard.provider}`,
            message: ['this plan is for a local BrowserStack'],
            level: 'note',
          },
        ];
      default:
        return [];
    }
  });

/** Of a static review; a plan was made already. The base URL has a rule of its own. */
export const planTimeCode: Check = ({ review: { hazards } }) =>
  hazards.filter(isBeforePlanning).flatMap((hazard): readonly Hit[] => {
    if (hazard.code === 'foreign_url' || hazard.code === 'insecure_url') return [];
    const where =
      'address' in hazard
        ? { address: hazard.address }
        : 'source' in hazard
          ? { address: hazard.source }
          : {};
    const milder =
      hazard.code === 'provider_version' || hazard.code === 'provider_pointed'
        ? ({ level: 'warning' } as const)
        : {};
    return hazardInWords(hazard).map((message) => ({ ...where, ...milder, message }));
  });

/** Every block that runs a command and is made anew in this plan, whether it delivers a key or not. */
export const deliveryCommandChanged: Check = ({ document, review }) => {
  const running = new Set(
    document.configuration.blocks
      .filter(({ provisioners }) => provisioners.length > 0)
      .map(({ module, type, name }) => [...module.map((call) => `module.${call}`), type, name].join('.')),
  );
  const delivering = new Set(
    review.changes.flatMap(({ deliveries }) => deliveries.map(({ address }) => address)),
  );
  const made = document.foreign.filter(({ action }) => action === 'create' || action === 'replace');
  return made
    .filter(({ address }) => running.has(address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/gu, '')))
    .map(({ address }) => ({
      address,
      message: [delivering.has(address) ? 'a command takes the key along' : 'a command runs in the apply'],
    }));
};
