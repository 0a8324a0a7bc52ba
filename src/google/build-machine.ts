import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import type { INetwork } from './network';
import { cpuMachine } from './private/cpu-machine';
import { withGoogle } from './private/google';
import { checkComputeName, checkZone } from './private/names';
import { checkNetworkRegion } from './private/network-use';
import { checkBoolean } from '../private/booleans';
import { invalid } from '../private/errors';
import { checkId } from '../private/names';
import { checkMebibytes } from '../private/numbers';
import { checkProps } from '../private/props';
import { checkLiteral } from '../private/terraform';

/** Properties of a `BuildMachine`. */
export interface BuildMachineProps {
  /** The zone that it is in. */
  readonly zone: string;
  /** The network that it is in. */
  readonly network: INetwork;
  /**
   * Its name.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * The kind of machine.
   *
   * @default 'n1-standard-4'
   */
  readonly machineType?: string;
  /**
   * The size of its disk, 10 to 65536 GiB.
   *
   * @default Size.gibibytes(100)
   */
  readonly diskSize?: Size;
  /**
   * The image that its disk starts with: "<project>/<family>".
   *
   * @default - "debian-cloud/debian-12", and for ARM processors "debian-cloud/debian-12-arm64"
   */
  readonly image?: string;
  /**
   * Whether it has an address that the internet reaches.
   *
   * @default false
   */
  readonly publicAddress?: boolean;
}

/**
 * A machine of Compute Engine on which images are built and tried.
 *
 * It has the tags of a web server, so that a `FirewallRule` opens its ports, and people enter it with their own accounts (OS Login).
 */
export class BuildMachine extends Construct {
  /** Its name. */
  public readonly name: string;

  /** Throws when the name, zone, machine or size is none that Google takes. */
  public constructor(scope: Construct, id: string, props: BuildMachineProps) {
    super(scope, checkId(new.target.name, id, scope, 'stack'));
    checkProps(this, 'props', props, { zone: true, network: true, name: true, machineType: true, diskSize: true, image: true, publicAddress: true });
    checkBoolean(this, 'publicAddress', props.publicAddress);
    this.name = checkComputeName(this, props.name === undefined ? 'id' : 'name', props.name ?? id);
    if (typeof props.network?.subnetworkId !== 'string') { throw invalid(this, 'network', props.network, 'be a network', 'for example new google.Network(...)'); }
    const zone = checkZone(this, 'zone', props.zone);
    checkNetworkRegion(this, props.network, zone, 'the machine');
    const machine = cpuMachine(this, 'machineType', props.machineType ?? 'n1-standard-4');
    const diskSize = Math.ceil(checkMebibytes(this, 'diskSize', props.diskSize ?? Size.gibibytes(100)) / 1024);
    if (diskSize < 10 || diskSize > 65_536) { throw invalid(this, 'diskSize', `${diskSize}Gi`, 'be from 10 to 65536 GiB'); }
    withGoogle(this, ({ instance }) => new instance.ComputeInstance(this, 'Resource', {
      name: this.name,
      zone,
      machineType: machine.name,
      tags: ['http-server', 'https-server'],
      bootDisk: { initializeParams: { image: checkLiteral(this, 'image', props.image ?? `debian-cloud/debian-12${machine.arm ? '-arm64' : ''}`), size: diskSize, type: machine.bootDisks[0] } },
      networkInterface: [{ subnetwork: props.network.subnetworkId, accessConfig: props.publicAddress ? [{}] : undefined }],
      shieldedInstanceConfig: { enableSecureBoot: true, enableVtpm: true, enableIntegrityMonitoring: true },
      metadata: { 'enable-oslogin': 'TRUE', 'block-project-ssh-keys': 'true' },
    }));
  }
}
