import { Construct } from 'constructs';
import { exportedKey, type KeyResource } from './hand-over';

/** What every construct whose key rotates tells about it. */
export abstract class RotatedKey extends Construct {
  protected abstract readonly resource: KeyResource;
  protected abstract readonly exported?: boolean;

  /** Tells whether two keys are the same, and nothing else about them. */
  public get keyFingerprint(): string {
    return this.resource.keyFingerprint;
  }

  /** Counts the keys seen, from 1: goes up by one with each rotation. */
  public get generation(): number {
    return this.resource.generation;
  }

  /**
   * The key itself, sensitive.
   * @throws unless `exportAccessKey` is true
   */
  public get accessKey(): string {
    return exportedKey(this, this.resource, this.exported);
  }
}
