import { Construct } from 'constructs';
import { recordMove } from './synthesis/moved';

/** What every noun of the organization chart can do. */
export abstract class BrowserstackConstruct extends Construct {
  /**
   * Says that this, with all that stands in it, had another id or stood elsewhere when it was last deployed: then it is
   * moved, not deleted and made again. Call it once for each former place; take it away when that is deployed everywhere.
   * @param from The former id, or the whole former path as messages show it: "stack/acme/payments".
   */
  public movedFrom(from: string): void {
    recordMove(this, from);
  }
}
