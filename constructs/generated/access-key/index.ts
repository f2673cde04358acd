// https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/access_key
// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface AccessKeyConfig extends cdktf.TerraformMetaArguments {
  /**
  * The service tells no dates, so say how old the adopted key is: `new` (counted from its adoption), `due` (rotate it at the next opportunity) or a date.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/access_key#adopted_key_age AccessKey#adopted_key_age}
  */
  readonly adoptedKeyAge?: string;
  /**
  * Who uses the key (a pipeline, a repository, a contact). Shown where a rotation or a replacement would reach them.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/access_key#consumers AccessKey#consumers}
  */
  readonly consumers?: string[];
  /**
  * Only where BrowserStack hides the keys of its accounts: the current key, which a rotation must present. It stands in state. Changing it never rotates.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/access_key#current_access_key AccessKey#current_access_key}
  */
  readonly currentAccessKey?: string;
  /**
  * An existing directory that also gets each sealed key, as a file, so that it survives the loss of the state. Proven to be writable before a rotation.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/access_key#escrow_directory AccessKey#escrow_directory}
  */
  readonly escrowDirectory?: string;
  /**
  * An age recipient (`age1…`, public). Each key is sealed to it before anything else happens to it, as `escrowed_access_key`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/access_key#escrow_recipient AccessKey#escrow_recipient}
  */
  readonly escrowRecipient?: string;
  /**
  * Stores the key in state as `access_key`. Whoever can read the state can then read the key; prefer the ephemeral resource.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/access_key#export_access_key AccessKey#export_access_key}
  */
  readonly exportAccessKey?: boolean | cdktf.IResolvable;
  /**
  * Makes each account due up to so many days earlier, always the same for the same user name, to spread a fleet that was adopted on one day. At most half of `rotate_after_days`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/access_key#jitter_days AccessKey#jitter_days}
  */
  readonly jitterDays?: number;
  /**
  * A key younger than this is not rotated, whatever changes: the plan warns and holds the change back until the key is old enough. Stops loops.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/access_key#minimum_age_days AccessKey#minimum_age_days}
  */
  readonly minimumAgeDays?: number;
  /**
  * What to do about a key that somebody else rotated: `adopt` it with a warning, `warn` until this is changed, `rotate` again, or `error`. With `adopt` and `warn` that one rotation also satisfies a trigger that changed, or a key that was due, at the same time; so does a rotation of our own whose result got lost.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/access_key#on_external_rotation AccessKey#on_external_rotation}
  */
  readonly onExternalRotation?: string;
  /**
  * Longest age in days (of 24 hours). Counted from a fixed date, so that a late apply does not shift the next ones. Setting, changing or removing it rotates nothing in that apply.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/access_key#rotate_after_days AccessKey#rotate_after_days}
  */
  readonly rotateAfterDays?: number;
  /**
  * Rotates once more when this is destroyed, so that a key that leaked is dead. Apply `true` before you destroy: it is read from state.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/access_key#rotate_on_destroy AccessKey#rotate_on_destroy}
  */
  readonly rotateOnDestroy?: boolean | cdktf.IResolvable;
  /**
  * A changed value of a key that was there before rotates. Adding or removing a key, or the whole map, never does; a value of null counts as not there.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/access_key#triggers AccessKey#triggers}
  */
  readonly triggers?: { [key: string]: string };
  /**
  * User name of the service account whose key this is.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/access_key#username AccessKey#username}
  */
  readonly username: string;
  /**
  * When a key that is due may be rotated. A changed trigger does not wait for it: it is a decision of a person.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/access_key#window AccessKey#window}
  */
  readonly window?: AccessKeyWindow;
}
export interface AccessKeyWindow {
  /**
  * Local dates without rotations: `2026-12-24`, or from and to `2026-12-20/2027-01-06`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/access_key#blackout_dates AccessKey#blackout_dates}
  */
  readonly blackoutDates?: string[];
  /**
  * Days on which it opens: `mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`. Every day if absent.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/access_key#days AccessKey#days}
  */
  readonly days?: string[];
  /**
  * From and to in local time, on quarters of an hour, e.g. `02:00-05:00`; `22:00-04:00` ends on the next day. All day if absent.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/access_key#hours AccessKey#hours}
  */
  readonly hours?: string;
  /**
  * IANA name, e.g. `Europe/Berlin`; `UTC` if absent. Daylight saving is taken into account.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/access_key#time_zone AccessKey#time_zone}
  */
  readonly timeZone?: string;
}

export function accessKeyWindowToTerraform(struct?: AccessKeyWindow | cdktf.IResolvable): any {
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


export function accessKeyWindowToHclTerraform(struct?: AccessKeyWindow | cdktf.IResolvable): any {
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

export class AccessKeyWindowOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): AccessKeyWindow | cdktf.IResolvable | undefined {
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

  public set internalValue(value: AccessKeyWindow | cdktf.IResolvable | undefined) {
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
* Represents a {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/access_key browserstack_access_key}
*/
export class AccessKey extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "browserstack_access_key";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a AccessKey resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the AccessKey to import
  * @param importFromId The id of the existing AccessKey that should be imported. Refer to the {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/access_key#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the AccessKey to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "browserstack_access_key", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/access_key browserstack_access_key} Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options AccessKeyConfig
  */
  public constructor(scope: Construct, id: string, config: AccessKeyConfig) {
    super(scope, id, {
      terraformResourceType: 'browserstack_access_key',
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
    this._currentAccessKey = config.currentAccessKey;
    this._escrowDirectory = config.escrowDirectory;
    this._escrowRecipient = config.escrowRecipient;
    this._exportAccessKey = config.exportAccessKey;
    this._jitterDays = config.jitterDays;
    this._minimumAgeDays = config.minimumAgeDays;
    this._onExternalRotation = config.onExternalRotation;
    this._rotateAfterDays = config.rotateAfterDays;
    this._rotateOnDestroy = config.rotateOnDestroy;
    this._triggers = config.triggers;
    this._username = config.username;
    this._window.internalValue = config.window;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // access_key - computed: true, optional: false, required: false
  public get accessKey() {
    return this.getStringAttribute('access_key');
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

  // current_access_key - computed: false, optional: true, required: false
  private _currentAccessKey?: string; 
  public get currentAccessKey() {
    return this.getStringAttribute('current_access_key');
  }
  public set currentAccessKey(value: string) {
    this._currentAccessKey = value;
  }
  public resetCurrentAccessKey() {
    this._currentAccessKey = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get currentAccessKeyInput() {
    return this._currentAccessKey;
  }

  // escrow_directory - computed: false, optional: true, required: false
  private _escrowDirectory?: string; 
  public get escrowDirectory() {
    return this.getStringAttribute('escrow_directory');
  }
  public set escrowDirectory(value: string) {
    this._escrowDirectory = value;
  }
  public resetEscrowDirectory() {
    this._escrowDirectory = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get escrowDirectoryInput() {
    return this._escrowDirectory;
  }

  // escrow_recipient - computed: false, optional: true, required: false
  private _escrowRecipient?: string; 
  public get escrowRecipient() {
    return this.getStringAttribute('escrow_recipient');
  }
  public set escrowRecipient(value: string) {
    this._escrowRecipient = value;
  }
  public resetEscrowRecipient() {
    this._escrowRecipient = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get escrowRecipientInput() {
    return this._escrowRecipient;
  }

  // escrowed_access_key - computed: true, optional: false, required: false
  public get escrowedAccessKey() {
    return this.getStringAttribute('escrowed_access_key');
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

  // on_external_rotation - computed: true, optional: true, required: false
  private _onExternalRotation?: string; 
  public get onExternalRotation() {
    return this.getStringAttribute('on_external_rotation');
  }
  public set onExternalRotation(value: string) {
    this._onExternalRotation = value;
  }
  public resetOnExternalRotation() {
    this._onExternalRotation = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get onExternalRotationInput() {
    return this._onExternalRotation;
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

  // rotate_on_destroy - computed: true, optional: true, required: false
  private _rotateOnDestroy?: boolean | cdktf.IResolvable; 
  public get rotateOnDestroy() {
    return this.getBooleanAttribute('rotate_on_destroy');
  }
  public set rotateOnDestroy(value: boolean | cdktf.IResolvable) {
    this._rotateOnDestroy = value;
  }
  public resetRotateOnDestroy() {
    this._rotateOnDestroy = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get rotateOnDestroyInput() {
    return this._rotateOnDestroy;
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

  // username - computed: false, optional: false, required: true
  private _username?: string; 
  public get username() {
    return this.getStringAttribute('username');
  }
  public set username(value: string) {
    this._username = value;
  }
  // Temporarily expose input value. Use with caution.
  public get usernameInput() {
    return this._username;
  }

  // window - computed: false, optional: true, required: false
  private _window = new AccessKeyWindowOutputReference(this, "window");
  public get window() {
    return this._window;
  }
  public putWindow(value: AccessKeyWindow) {
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
      current_access_key: cdktf.stringToTerraform(this._currentAccessKey),
      escrow_directory: cdktf.stringToTerraform(this._escrowDirectory),
      escrow_recipient: cdktf.stringToTerraform(this._escrowRecipient),
      export_access_key: cdktf.booleanToTerraform(this._exportAccessKey),
      jitter_days: cdktf.numberToTerraform(this._jitterDays),
      minimum_age_days: cdktf.numberToTerraform(this._minimumAgeDays),
      on_external_rotation: cdktf.stringToTerraform(this._onExternalRotation),
      rotate_after_days: cdktf.numberToTerraform(this._rotateAfterDays),
      rotate_on_destroy: cdktf.booleanToTerraform(this._rotateOnDestroy),
      triggers: cdktf.hashMapper(cdktf.stringToTerraform)(this._triggers),
      username: cdktf.stringToTerraform(this._username),
      window: accessKeyWindowToTerraform(this._window.internalValue),
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
      current_access_key: {
        value: cdktf.stringToHclTerraform(this._currentAccessKey),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      escrow_directory: {
        value: cdktf.stringToHclTerraform(this._escrowDirectory),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      escrow_recipient: {
        value: cdktf.stringToHclTerraform(this._escrowRecipient),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
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
      on_external_rotation: {
        value: cdktf.stringToHclTerraform(this._onExternalRotation),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      rotate_after_days: {
        value: cdktf.numberToHclTerraform(this._rotateAfterDays),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      rotate_on_destroy: {
        value: cdktf.booleanToHclTerraform(this._rotateOnDestroy),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      triggers: {
        value: cdktf.hashMapperHcl(cdktf.stringToHclTerraform)(this._triggers),
        isBlock: false,
        type: "map",
        storageClassType: "stringMap",
      },
      username: {
        value: cdktf.stringToHclTerraform(this._username),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      window: {
        value: accessKeyWindowToHclTerraform(this._window.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "AccessKeyWindow",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
