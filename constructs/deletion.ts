import type { IConstruct } from 'constructs';
import { defaultFor } from './defaults';

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
   * @default - as the nearest construct around it says; true when none does
   */
  readonly deletionProtection?: boolean;

  /**
   * What destroying means.
   * @default DeletionPolicy.DELETE
   */
  readonly deletionPolicy?: DeletionPolicy;
}

/** The props as attributes, where what stands around the construct speaks for those who do not. */
export function deletionAttributes(construct: IConstruct, props: DeletionProps): DeletionProps {
  return {
    deletionProtection: props.deletionProtection ?? defaultFor(construct, 'deletionProtection'),
    deletionPolicy: props.deletionPolicy,
  };
}
