// https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/data-sources/automate_plan
// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface DataBrowserstackAutomatePlanConfig extends cdktf.TerraformMetaArguments {
}

/**
* Represents a {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/data-sources/automate_plan browserstack_automate_plan}
*/
export class DataBrowserstackAutomatePlan extends cdktf.TerraformDataSource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "browserstack_automate_plan";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a DataBrowserstackAutomatePlan resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the DataBrowserstackAutomatePlan to import
  * @param importFromId The id of the existing DataBrowserstackAutomatePlan that should be imported. Refer to the {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/data-sources/automate_plan#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the DataBrowserstackAutomatePlan to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "browserstack_automate_plan", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/data-sources/automate_plan browserstack_automate_plan} Data Source
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options DataBrowserstackAutomatePlanConfig = {}
  */
  public constructor(scope: Construct, id: string, config: DataBrowserstackAutomatePlanConfig = {}) {
    super(scope, id, {
      terraformResourceType: 'browserstack_automate_plan',
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

  // automate_plan - computed: true, optional: false, required: false
  public get automatePlan() {
    return this.getStringAttribute('automate_plan');
  }

  // parallel_sessions_max_allowed - computed: true, optional: false, required: false
  public get parallelSessionsMaxAllowed() {
    return this.getNumberAttribute('parallel_sessions_max_allowed');
  }

  // parallel_sessions_running - computed: true, optional: false, required: false
  public get parallelSessionsRunning() {
    return this.getNumberAttribute('parallel_sessions_running');
  }

  // queued_sessions - computed: true, optional: false, required: false
  public get queuedSessions() {
    return this.getNumberAttribute('queued_sessions');
  }

  // queued_sessions_max_allowed - computed: true, optional: false, required: false
  public get queuedSessionsMaxAllowed() {
    return this.getNumberAttribute('queued_sessions_max_allowed');
  }

  // team_parallel_sessions_max_allowed - computed: true, optional: false, required: false
  public get teamParallelSessionsMaxAllowed() {
    return this.getNumberAttribute('team_parallel_sessions_max_allowed');
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
