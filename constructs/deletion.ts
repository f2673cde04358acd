import type { IOrganization } from './organization';

/** What destroying means. */
export enum DeletionPolicy {
  /** Deletes it in BrowserStack. */
  DELETE = 'delete',
  /** Only stops managing it, to hand it over to somebody else. Deploy this before you remove the construct. */
  ABANDON = 'abandon',
}

export interface DeletionProps {
  /**
   * Refuses to delete or replace it, already in the plan: deletion is final. Deploy `false` before you remove it.
   * @default - as the organization says; true when it does not
   */
  readonly deletionProtection?: boolean;

  /**
   * What destroying means.
   * @default DeletionPolicy.DELETE
   */
  readonly deletionPolicy?: DeletionPolicy;
}

/** The props as attributes, where the organization speaks for those who do not. */
export function deletionAttributes(props: DeletionProps, organization: IOrganization): DeletionProps {
  return {
    deletionProtection: props.deletionProtection ?? organization.deletionProtection,
    deletionPolicy: props.deletionPolicy,
  };
}
