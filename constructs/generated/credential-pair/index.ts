// https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/credential_pair
// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface CredentialPairConfig extends cdktf.TerraformMetaArguments {
  /**
  * The service tells no dates, so say how old the adopted key is: `new` (counted from its adoption), `due` (rotate it at the next opportunity) or a date.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/credential_pair#adopted_key_age CredentialPair#adopted_key_age}
  */
  readonly adoptedKeyAge?: string;
  /**
  * Who uses the key (a pipeline, a repository, a contact). Shown where a rotation or a replacement would reach them.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/credential_pair#consumers CredentialPair#consumers}
  */
  readonly consumers?: string[];
  /**
  * Stores the active key in state as `access_key`. Whoever can read the state can then read the key; prefer the ephemeral resource.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/credential_pair#export_access_key CredentialPair#export_access_key}
  */
  readonly exportAccessKey?: boolean | cdktf.IResolvable;
  /**
  * Makes each account due up to so many days earlier, always the same for the same user name, to spread a fleet that was adopted on one day. At most half of `rotate_after_days`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/credential_pair#jitter_days CredentialPair#jitter_days}
  */
  readonly jitterDays?: number;
  /**
  * A key younger than this is not rotated, whatever changes: the plan warns and holds the change back until the key is old enough. Stops loops.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/credential_pair#minimum_age_days CredentialPair#minimum_age_days}
  */
  readonly minimumAgeDays?: number;
  /**
  * Longest age in days (of 24 hours). Counted from a fixed date, so that a late apply does not shift the next ones. Setting, changing or removing it rotates nothing in that apply.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/credential_pair#rotate_after_days CredentialPair#rotate_after_days}
  */
  readonly rotateAfterDays?: number;
  /**
  * A changed value of a key that was there before rotates. Adding or removing a key, or the whole map, never does; a value of null counts as not there.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/credential_pair#triggers CredentialPair#triggers}
  */
  readonly triggers?: { [key: string]: string };
  /**
  * User name of the service account in slot a.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/credential_pair#username_a CredentialPair#username_a}
  */
  readonly usernameA: string;
  /**
  * User name of the service account in slot b.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/credential_pair#username_b CredentialPair#username_b}
  */
  readonly usernameB: string;
  /**
  * Does not rotate before a session was seen under the active user name: until then the retired credential stays alive, also when the pair is due or a trigger changed. A hint only: it comes from the usage report, which Support must enable and which is made with a delay; where it cannot be had, nothing is rotated and the plan warns.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/credential_pair#wait_for_adoption CredentialPair#wait_for_adoption}
  */
  readonly waitForAdoption?: boolean | cdktf.IResolvable;
  /**
  * When a key that is due may be rotated. A changed trigger does not wait for it: it is a decision of a person.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/credential_pair#window CredentialPair#window}
  */
  readonly window?: CredentialPairWindow;
}
export interface CredentialPairWindow {
  /**
  * Local dates without rotations: `2026-12-24`, or from and to `2026-12-20/2027-01-06`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/credential_pair#blackout_dates CredentialPair#blackout_dates}
  */
  readonly blackoutDates?: string[];
  /**
  * Days on which it opens: `mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`. Every day if absent.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/credential_pair#days CredentialPair#days}
  */
  readonly days?: string[];
  /**
  * From and to in local time, on quarters of an hour, e.g. `02:00-05:00`; `22:00-04:00` ends on the next day. All day if absent.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/credential_pair#hours CredentialPair#hours}
  */
  readonly hours?: string;
  /**
  * IANA name, e.g. `Europe/Berlin`; `UTC` if absent. Daylight saving is taken into account.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/credential_pair#time_zone CredentialPair#time_zone}
  */
  readonly timeZone?: string;
}

export function credentialPairWindowToTerraform(struct?: CredentialPairWindow | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    blackout_dates: cdktf.listMapper(cdktf.stringToTerraform, false)(struct!.blackoutDates),
    days: cdktf.listMapper(cdktf.stringToTerraform, false)(struct!.days),
    hours: cdktf.stringToTerraform(struct!.hours),
    time_zone: cdktf.stringToTerraform(struct!.timeZone),
  }
}


export function credentialPairWindowToHclTerraform(struct?: CredentialPairWindow | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    blackout_dates: {
      value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(struct!.blackoutDates),
      isBlock: false,
      type: "list",
      storageClassType: "stringList",
    },
    days: {
      value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(struct!.days),
      isBlock: false,
      type: "list",
      storageClassType: "stringList",
    },
    hours: {
      value: cdktf.stringToHclTerraform(struct!.hours),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    time_zone: {
      value: cdktf.stringToHclTerraform(struct!.timeZone),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class CredentialPairWindowOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): CredentialPairWindow | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._blackoutDates !== undefined) {
      hasAnyValues = true;
      internalValueResult.blackoutDates = this._blackoutDates;
    }
    if (this._days !== undefined) {
      hasAnyValues = true;
      internalValueResult.days = this._days;
    }
    if (this._hours !== undefined) {
      hasAnyValues = true;
      internalValueResult.hours = this._hours;
    }
    if (this._timeZone !== undefined) {
      hasAnyValues = true;
      internalValueResult.timeZone = this._timeZone;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: CredentialPairWindow | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._blackoutDates = undefined;
      this._days = undefined;
      this._hours = undefined;
      this._timeZone = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._blackoutDates = value.blackoutDates;
      this._days = value.days;
      this._hours = value.hours;
      this._timeZone = value.timeZone;
    }
  }

  // blackout_dates - computed: false, optional: true, required: false
  private _blackoutDates?: string[]; 
  public get blackoutDates() {
    return this.getListAttribute('blackout_dates');
  }
  public set blackoutDates(value: string[]) {
    this._blackoutDates = value;
  }
  public resetBlackoutDates() {
    this._blackoutDates = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get blackoutDatesInput() {
    return this._blackoutDates;
  }

  // days - computed: false, optional: true, required: false
  private _days?: string[]; 
  public get days() {
    return this.getListAttribute('days');
  }
  public set days(value: string[]) {
    this._days = value;
  }
  public resetDays() {
    this._days = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get daysInput() {
    return this._days;
  }

  // hours - computed: false, optional: true, required: false
  private _hours?: string; 
  public get hours() {
    return this.getStringAttribute('hours');
  }
  public set hours(value: string) {
    this._hours = value;
  }
  public resetHours() {
    this._hours = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get hoursInput() {
    return this._hours;
  }

  // time_zone - computed: false, optional: true, required: false
  private _timeZone?: string; 
  public get timeZone() {
    return this.getStringAttribute('time_zone');
  }
  public set timeZone(value: string) {
    this._timeZone = value;
  }
  public resetTimeZone() {
    this._timeZone = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get timeZoneInput() {
    return this._timeZone;
  }
}

/**
* Represents a {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/credential_pair browserstack_credential_pair}
*/
export class CredentialPair extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "browserstack_credential_pair";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a CredentialPair resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the CredentialPair to import
  * @param importFromId The id of the existing CredentialPair that should be imported. Refer to the {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/credential_pair#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the CredentialPair to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "browserstack_credential_pair", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/credential_pair browserstack_credential_pair} Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options CredentialPairConfig
  */
  public constructor(scope: Construct, id: string, config: CredentialPairConfig) {
    super(scope, id, {
      terraformResourceType: 'browserstack_credential_pair',
      terraformGeneratorMetadata: {
        providerName: 'browserstack',
        providerVersion: '0.1.0',
        providerVersionConstraint: '0.1.0'
      },
      provider: config.provider,
      dependsOn: config.dependsOn,
      count: config.count,
      lifecycle: config.lifecycle,
      provisioners: config.provisioners,
      connection: config.connection,
      forEach: config.forEach
    });
    this._adoptedKeyAge = config.adoptedKeyAge;
    this._consumers = config.consumers;
    this._exportAccessKey = config.exportAccessKey;
    this._jitterDays = config.jitterDays;
    this._minimumAgeDays = config.minimumAgeDays;
    this._rotateAfterDays = config.rotateAfterDays;
    this._triggers = config.triggers;
    this._usernameA = config.usernameA;
    this._usernameB = config.usernameB;
    this._waitForAdoption = config.waitForAdoption;
    this._window.internalValue = config.window;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // access_key - computed: true, optional: false, required: false
  public get accessKey() {
    return this.getStringAttribute('access_key');
  }

  // active_slot - computed: true, optional: false, required: false
  public get activeSlot() {
    return this.getStringAttribute('active_slot');
  }

  // adopted_key_age - computed: true, optional: true, required: false
  private _adoptedKeyAge?: string; 
  public get adoptedKeyAge() {
    return this.getStringAttribute('adopted_key_age');
  }
  public set adoptedKeyAge(value: string) {
    this._adoptedKeyAge = value;
  }
  public resetAdoptedKeyAge() {
    this._adoptedKeyAge = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get adoptedKeyAgeInput() {
    return this._adoptedKeyAge;
  }

  // adoption_seen_at - computed: true, optional: false, required: false
  public get adoptionSeenAt() {
    return this.getStringAttribute('adoption_seen_at');
  }

  // consumers - computed: false, optional: true, required: false
  private _consumers?: string[]; 
  public get consumers() {
    return this.getListAttribute('consumers');
  }
  public set consumers(value: string[]) {
    this._consumers = value;
  }
  public resetConsumers() {
    this._consumers = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get consumersInput() {
    return this._consumers;
  }

  // export_access_key - computed: true, optional: true, required: false
  private _exportAccessKey?: boolean | cdktf.IResolvable; 
  public get exportAccessKey() {
    return this.getBooleanAttribute('export_access_key');
  }
  public set exportAccessKey(value: boolean | cdktf.IResolvable) {
    this._exportAccessKey = value;
  }
  public resetExportAccessKey() {
    this._exportAccessKey = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get exportAccessKeyInput() {
    return this._exportAccessKey;
  }

  // generation - computed: true, optional: false, required: false
  public get generation() {
    return this.getNumberAttribute('generation');
  }

  // identifier - computed: true, optional: false, required: false
  public get identifier() {
    return this.getStringAttribute('identifier');
  }

  // idle_identifier - computed: true, optional: false, required: false
  public get idleIdentifier() {
    return this.getStringAttribute('idle_identifier');
  }

  // idle_key_fingerprint - computed: true, optional: false, required: false
  public get idleKeyFingerprint() {
    return this.getStringAttribute('idle_key_fingerprint');
  }

  // idle_slot_status - computed: true, optional: false, required: false
  public get idleSlotStatus() {
    return this.getStringAttribute('idle_slot_status');
  }

  // idle_username - computed: true, optional: false, required: false
  public get idleUsername() {
    return this.getStringAttribute('idle_username');
  }

  // jitter_days - computed: false, optional: true, required: false
  private _jitterDays?: number; 
  public get jitterDays() {
    return this.getNumberAttribute('jitter_days');
  }
  public set jitterDays(value: number) {
    this._jitterDays = value;
  }
  public resetJitterDays() {
    this._jitterDays = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get jitterDaysInput() {
    return this._jitterDays;
  }

  // key_fingerprint - computed: true, optional: false, required: false
  public get keyFingerprint() {
    return this.getStringAttribute('key_fingerprint');
  }

  // key_version - computed: true, optional: false, required: false
  public get keyVersion() {
    return this.getNumberAttribute('key_version');
  }

  // minimum_age_days - computed: false, optional: true, required: false
  private _minimumAgeDays?: number; 
  public get minimumAgeDays() {
    return this.getNumberAttribute('minimum_age_days');
  }
  public set minimumAgeDays(value: number) {
    this._minimumAgeDays = value;
  }
  public resetMinimumAgeDays() {
    this._minimumAgeDays = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get minimumAgeDaysInput() {
    return this._minimumAgeDays;
  }

  // rotate_after_days - computed: false, optional: true, required: false
  private _rotateAfterDays?: number; 
  public get rotateAfterDays() {
    return this.getNumberAttribute('rotate_after_days');
  }
  public set rotateAfterDays(value: number) {
    this._rotateAfterDays = value;
  }
  public resetRotateAfterDays() {
    this._rotateAfterDays = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get rotateAfterDaysInput() {
    return this._rotateAfterDays;
  }

  // rotated_at - computed: true, optional: false, required: false
  public get rotatedAt() {
    return this.getStringAttribute('rotated_at');
  }

  // rotation_cause - computed: true, optional: false, required: false
  public get rotationCause() {
    return this.getStringAttribute('rotation_cause');
  }

  // rotation_due_at - computed: true, optional: false, required: false
  public get rotationDueAt() {
    return this.getStringAttribute('rotation_due_at');
  }

  // rotation_pending - computed: true, optional: false, required: false
  public get rotationPending() {
    return this.getStringAttribute('rotation_pending');
  }

  // rotation_reason - computed: true, optional: false, required: false
  public get rotationReason() {
    return this.getStringAttribute('rotation_reason');
  }

  // rotation_status - computed: true, optional: false, required: false
  public get rotationStatus() {
    return this.getStringAttribute('rotation_status');
  }

  // schedule_base - computed: true, optional: false, required: false
  public get scheduleBase() {
    return this.getStringAttribute('schedule_base');
  }

  // team - computed: true, optional: false, required: false
  public get team() {
    return this.getStringAttribute('team');
  }

  // triggers - computed: false, optional: true, required: false
  private _triggers?: { [key: string]: string }; 
  public get triggers() {
    return this.getStringMapAttribute('triggers');
  }
  public set triggers(value: { [key: string]: string }) {
    this._triggers = value;
  }
  public resetTriggers() {
    this._triggers = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get triggersInput() {
    return this._triggers;
  }

  // username - computed: true, optional: false, required: false
  public get username() {
    return this.getStringAttribute('username');
  }

  // username_a - computed: false, optional: false, required: true
  private _usernameA?: string; 
  public get usernameA() {
    return this.getStringAttribute('username_a');
  }
  public set usernameA(value: string) {
    this._usernameA = value;
  }
  // Temporarily expose input value. Use with caution.
  public get usernameAInput() {
    return this._usernameA;
  }

  // username_b - computed: false, optional: false, required: true
  private _usernameB?: string; 
  public get usernameB() {
    return this.getStringAttribute('username_b');
  }
  public set usernameB(value: string) {
    this._usernameB = value;
  }
  // Temporarily expose input value. Use with caution.
  public get usernameBInput() {
    return this._usernameB;
  }

  // wait_for_adoption - computed: false, optional: true, required: false
  private _waitForAdoption?: boolean | cdktf.IResolvable; 
  public get waitForAdoption() {
    return this.getBooleanAttribute('wait_for_adoption');
  }
  public set waitForAdoption(value: boolean | cdktf.IResolvable) {
    this._waitForAdoption = value;
  }
  public resetWaitForAdoption() {
    this._waitForAdoption = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get waitForAdoptionInput() {
    return this._waitForAdoption;
  }

  // window - computed: false, optional: true, required: false
  private _window = new CredentialPairWindowOutputReference(this, "window");
  public get window() {
    return this._window;
  }
  public putWindow(value: CredentialPairWindow) {
    this._window.internalValue = value;
  }
  public resetWindow() {
    this._window.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get windowInput() {
    return this._window.internalValue;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      adopted_key_age: cdktf.stringToTerraform(this._adoptedKeyAge),
      consumers: cdktf.listMapper(cdktf.stringToTerraform, false)(this._consumers),
      export_access_key: cdktf.booleanToTerraform(this._exportAccessKey),
      jitter_days: cdktf.numberToTerraform(this._jitterDays),
      minimum_age_days: cdktf.numberToTerraform(this._minimumAgeDays),
      rotate_after_days: cdktf.numberToTerraform(this._rotateAfterDays),
      triggers: cdktf.hashMapper(cdktf.stringToTerraform)(this._triggers),
      username_a: cdktf.stringToTerraform(this._usernameA),
      username_b: cdktf.stringToTerraform(this._usernameB),
      wait_for_adoption: cdktf.booleanToTerraform(this._waitForAdoption),
      window: credentialPairWindowToTerraform(this._window.internalValue),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      adopted_key_age: {
        value: cdktf.stringToHclTerraform(this._adoptedKeyAge),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      consumers: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._consumers),
        isBlock: false,
        type: "list",
        storageClassType: "stringList",
      },
      export_access_key: {
        value: cdktf.booleanToHclTerraform(this._exportAccessKey),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      jitter_days: {
        value: cdktf.numberToHclTerraform(this._jitterDays),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      minimum_age_days: {
        value: cdktf.numberToHclTerraform(this._minimumAgeDays),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      rotate_after_days: {
        value: cdktf.numberToHclTerraform(this._rotateAfterDays),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      triggers: {
        value: cdktf.hashMapperHcl(cdktf.stringToHclTerraform)(this._triggers),
        isBlock: false,
        type: "map",
        storageClassType: "stringMap",
      },
      username_a: {
        value: cdktf.stringToHclTerraform(this._usernameA),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      username_b: {
        value: cdktf.stringToHclTerraform(this._usernameB),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      wait_for_adoption: {
        value: cdktf.booleanToHclTerraform(this._waitForAdoption),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      window: {
        value: credentialPairWindowToHclTerraform(this._window.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "CredentialPairWindow",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
