// Codes of what is said about teams, accounts and people.

/** What is going to happen, or happened, to objects. */
export const OBJECTS = {
  account_replaced: {
    cause: 'An account is deleted and another one made: user name and key change.',
    mend: 'Put the old value back, or have everything that uses the account follow.',
  },
  address_changed: {
    cause: 'One address ends an object that another one makes or keeps, as a renamed block does.',
    mend: 'Write a moved block.',
  },
  cannot_be_changed: {
    cause: 'The API has no call that changes this.',
    mend: 'Change it in the console, then here.',
  },
  changed_elsewhere: {
    cause: 'An account was renamed or moved outside of this configuration.',
    mend: 'Write the new value, or change it back in the console of BrowserStack.',
  },
  consumers_lose_account: {
    cause: 'An account with declared consumers is deleted.',
    mend: 'Give them another account first.',
  },
  deprecated: {
    cause: 'A type or attribute that will go is used.',
    mend: 'Use what the message names instead.',
  },
  disabled: {
    cause: 'A person was disabled in the console of BrowserStack.',
    mend: 'Enable them there, or take the block out.',
  },
  duplicate: {
    cause: 'An identifier is there more than once, most likely because the answer to a creation got lost.',
    mend: 'Find out in the console who uses which, and delete the other.',
  },
  exists_already: {
    cause: 'What is to be made exists.',
    mend: 'Write a moved block if another one manages it; else import it.',
  },
  gone: {
    cause: 'An object was deleted outside of this configuration.',
    mend: 'Let it be made again, or take the block out.',
  },
  lives_on: {
    cause: 'An object is no longer managed and stays at BrowserStack.',
    mend: 'Nothing, if that is meant; else set deletion_policy = "delete".',
  },
  made_again: {
    cause: 'An object was deleted and made again outside of this configuration.',
    mend: 'Import the new one.',
  },
  made_not_read: {
    cause: 'An object was made; its computed values could not be read yet.',
    mend: 'The next refresh fills them in.',
  },
  most_is_missing: {
    cause: 'A list lacks most of what is managed, so it is not believed.',
    mend: 'Check credentials and organization; if it is true, set max_missing.',
  },
  no_such_object: {
    cause: 'A block names a team or an account that neither exists nor is made by this plan.',
    mend: 'Correct the name, or refer to the block that makes it.',
  },
  not_refreshed: {
    cause: 'An object is shown as the state has it: it could not be read.',
    mend: 'Find out why, as the message says; plan again.',
  },
  not_visible: {
    cause: 'Something cannot be seen with these credentials, or at all.',
    mend: 'Use those of an Owner or Admin; it is left as it is until then.',
  },
  own_account: {
    cause: 'The account that the provider runs on would be deleted.',
    mend: 'Run with other credentials.',
  },
  parallels: {
    cause: 'The sessions given to teams do not fit together.',
    mend: 'Change the allocation in the console of BrowserStack.',
  },
  person_stays: {
    cause: 'A person exists already, or is kept, with role and team as they are.',
    mend: 'Change them in the console of BrowserStack.',
  },
  plan_takes_long: {
    cause: 'The request budget makes the apply take this long.',
    mend: 'Give the job enough time, or apply in parts.',
  },
  product_kept: {
    cause: 'Access to a product cannot be taken back by the API.',
    mend: 'Take it back in the console of BrowserStack.',
  },
  product_not_given: {
    cause: 'Access to a product was not granted.',
    mend: 'Do as the message says, then apply again.',
  },
  protected: {
    cause: 'An object with deletion_protection would be deleted.',
    mend: 'Set it to false and apply; then delete.',
  },
  taken_over: {
    cause: 'An earlier run made it without hearing of it.',
    mend: "Nothing; stop if it is somebody else's.",
  },
  team_deleted: {
    cause: 'A team is deleted: its people and accounts lose it.',
    mend: 'Put the block back if that is not meant.',
  },
  team_replaced: {
    cause: 'A team is deleted and an empty one made.',
    mend: 'Rename it in the console, then import it.',
  },
  two_blocks: {
    cause: 'Two blocks make or manage one object.',
    mend: 'Take one of them out, or give it another name.',
  },
  wrong_organization: {
    cause: 'The credentials belong to another organization than the configured one.',
    mend: 'Use the right ones, or correct organization.',
  },
} as const;
