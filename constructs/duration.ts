import { Token } from 'cdktf';

/** A span of time. Rotation counts in whole days of 24 hours. */
export class Duration {
  /**
   * @param amount A whole number from 0, or a number that only Terraform knows.
   * @throws for any other number
   */
  public static days(amount: number): Duration {
    return new Duration(amount);
  }

  /**
   * @param amount A whole number from 0.
   * @throws for any other number
   */
  public static weeks(amount: number): Duration {
    if (Token.isUnresolved(amount))
      throw new Error('The number of weeks is a token, with which nothing can be computed here: use days.');
    return new Duration(amount * 7);
  }

  private readonly amount: number;

  private constructor(days: number) {
    if (!Token.isUnresolved(days) && !(Number.isSafeInteger(days) && days >= 0))
      throw new Error(`A duration is a whole number of days from 0, not ${days}.`);
    this.amount = days;
  }

  /** The same in days. */
  public toDays(): number {
    return this.amount;
  }

  /** For people: "30 days". */
  public toString(): string {
    return this.amount === 1 ? '1 day' : `${this.amount} days`;
  }

  /** Whether only Terraform knows how long it is. */
  public isUnresolved(): boolean {
    return Token.isUnresolved(this.amount);
  }
}
