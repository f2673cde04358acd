import { BrowserstackConstruct } from './browserstack-construct';
import { exportedKey, type KeyResource } from './hand-over';

/** What every construct whose key rotates tells about it. */
export abstract class RotatedKey extends BrowserstackConstruct {
  protected abstract readonly resource: KeyResource;
  protected abstract readonly exported?: boolean;

  /** Tells whether two keys are the same, and nothing else about them. */
  public get keyFingerprint(): string {
    return this.resource.keyFingerprint;
  }

  /** Counts the keys seen, from 1, for people: goes up by one with each rotation, and starts at 1 again when it is replaced. */
  public get generation(): number {
    return this.resource.generation;
  }

  /**
   * A number that is another one for another user name or key, whatever became of the resource in between. For the version
   * of a write-only argument of the resource that stores the key.
   */
  public get keyVersion(): number {
    return this.resource.keyVersion;
  }

  /**
   * The key itself, sensitive.
   * @throws unless `exportAccessKey` is true
   */
  public get accessKey(): string {
    return exportedKey(this, this.resource, this.exported);
  }
}
