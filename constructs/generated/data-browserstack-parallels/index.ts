// https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/data-sources/parallels
// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface DataBrowserstackParallelsConfig extends cdktf.TerraformMetaArguments {
}
export interface DataBrowserstackParallelsTeams {
}

export function dataBrowserstackParallelsTeamsToTerraform(struct?: DataBrowserstackParallelsTeams): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}


export function dataBrowserstackParallelsTeamsToHclTerraform(struct?: DataBrowserstackParallelsTeams): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class DataBrowserstackParallelsTeamsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param complexObjectIndex the index of this item in the list
  * @param complexObjectIsFromSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string, complexObjectIndex: number, complexObjectIsFromSet: boolean) {
    super(terraformResource, terraformAttribute, complexObjectIsFromSet, complexObjectIndex);
  }

  public get internalValue(): DataBrowserstackParallelsTeams | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DataBrowserstackParallelsTeams | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // app_automate - computed: true, optional: false, required: false
  public get appAutomate() {
    return this.getNumberAttribute('app_automate');
  }

  // app_automate_source - computed: true, optional: false, required: false
  public get appAutomateSource() {
    return this.getStringAttribute('app_automate_source');
  }

  // automate - computed: true, optional: false, required: false
  public get automate() {
    return this.getNumberAttribute('automate');
  }

  // automate_source - computed: true, optional: false, required: false
  public get automateSource() {
    return this.getStringAttribute('automate_source');
  }

  // name - computed: true, optional: false, required: false
  public get name() {
    return this.getStringAttribute('name');
  }
}

export class DataBrowserstackParallelsTeamsList extends cdktf.ComplexList {

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param wrapsSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  constructor(protected terraformResource: cdktf.IInterpolatingParent, protected terraformAttribute: string, protected wrapsSet: boolean) {
    super(terraformResource, terraformAttribute, wrapsSet)
  }

  /**
  * @param index the index of the item to return
  */
  public get(index: number): DataBrowserstackParallelsTeamsOutputReference {
    return new DataBrowserstackParallelsTeamsOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}

/**
* Represents a {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/data-sources/parallels browserstack_parallels}
*/
export class DataBrowserstackParallels extends cdktf.TerraformDataSource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "browserstack_parallels";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a DataBrowserstackParallels resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the DataBrowserstackParallels to import
  * @param importFromId The id of the existing DataBrowserstackParallels that should be imported. Refer to the {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/data-sources/parallels#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the DataBrowserstackParallels to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "browserstack_parallels", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/data-sources/parallels browserstack_parallels} Data Source
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options DataBrowserstackParallelsConfig = {}
  */
  public constructor(scope: Construct, id: string, config: DataBrowserstackParallelsConfig = {}) {
    super(scope, id, {
      terraformResourceType: 'browserstack_parallels',
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
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // app_automate_allocated - computed: true, optional: false, required: false
  public get appAutomateAllocated() {
    return this.getNumberAttribute('app_automate_allocated');
  }

  // automate_allocated - computed: true, optional: false, required: false
  public get automateAllocated() {
    return this.getNumberAttribute('automate_allocated');
  }

  // automate_shared - computed: true, optional: false, required: false
  public get automateShared() {
    return this.getNumberAttribute('automate_shared');
  }

  // automate_total - computed: true, optional: false, required: false
  public get automateTotal() {
    return this.getNumberAttribute('automate_total');
  }

  // teams - computed: true, optional: false, required: false
  private _teams = new DataBrowserstackParallelsTeamsList(this, "teams", false);
  public get teams() {
    return this._teams;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
    };
    return attrs;
  }
}
