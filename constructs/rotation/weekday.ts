/** A day of the week. */
export class Weekday {
  public static readonly MON = new Weekday('mon');
  public static readonly TUE = new Weekday('tue');
  public static readonly WED = new Weekday('wed');
  public static readonly THU = new Weekday('thu');
  public static readonly FRI = new Weekday('fri');
  public static readonly SAT = new Weekday('sat');
  public static readonly SUN = new Weekday('sun');

  /** Monday to Friday. */
  public static readonly MON_FRI: Weekday[] = [
    Weekday.MON,
    Weekday.TUE,
    Weekday.WED,
    Weekday.THU,
    Weekday.FRI,
  ];

  /** Saturday and Sunday. */
  public static readonly WEEKEND: Weekday[] = [Weekday.SAT, Weekday.SUN];

  /** As Terraform is told: "mon". */
  public readonly abbreviation: string;

  private constructor(abbreviation: string) {
    this.abbreviation = abbreviation;
  }

  /** The same as `abbreviation`. */
  public toString(): string {
    return this.abbreviation;
  }
}
